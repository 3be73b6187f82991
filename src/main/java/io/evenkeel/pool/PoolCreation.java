package io.evenkeel.pool;

import io.evenkeel.pool.spec.PoolSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes pools of a master and a standby, which get their members in the same transaction. */
public interface PoolCreation {

    /**
     * Stores the pool and binds it to what is named. Errors: INVALID_INPUT when nothing says what the pool is for,
     * NOT_FOUND, MISMATCH, CONFLICT (the listener has a default pool).
     *
     * @return the pool's id
     */
    UUID createMasterSlave(
            String projectId, PoolSpec spec, @Nullable String listenerId, @Nullable String loadBalancerId);
}
