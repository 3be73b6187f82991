package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.pool.MemberPool;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pools that ports can lead to. */
public interface PoolSource {

    /** The pool at work, null where it is not held. */
    @Nullable
    MemberPool find(UUID poolId);

    /** How far the members of a pool that is held are known. */
    Readiness readiness(UUID poolId);

    /** What the first checks have shown. */
    enum Readiness {
        /** No member was found well yet, and there is one whose first check has not ended. */
        UNKNOWN,
        /** Some members are well, and others not checked yet. */
        PARTIAL,
        /** Every member that is to be checked was, or none is. */
        KNOWN
    }
}
