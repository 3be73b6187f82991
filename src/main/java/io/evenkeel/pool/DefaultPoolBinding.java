package io.evenkeel.pool;

import java.util.UUID;

/** Makes a new pool the default pool of a listener. Implemented by the listener's side. */
public interface DefaultPoolBinding {

    /**
     * Called in the creating transaction, after the pool's row was written. Advances the listener's load balancer.
     * Errors: NOT_FOUND for an unknown listener, CONFLICT when it has a default pool, MISMATCH when the protocols do
     * not fit.
     */
    void bind(String projectId, UUID listenerId, UUID poolId);
}
