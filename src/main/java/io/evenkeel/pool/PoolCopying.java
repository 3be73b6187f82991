package io.evenkeel.pool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a pool like another one, without members and monitor. */
public interface PoolCopying {

    /**
     * The caller has locked the source.
     *
     * @param loadBalancerId whose pool the copy is; null for none
     * @return the copy, which nobody else sees before the commit
     */
    AdvancedPool copy(String projectId, UUID sourceId, @Nullable UUID loadBalancerId);
}
