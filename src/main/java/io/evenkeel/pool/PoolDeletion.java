package io.evenkeel.pool;

/** Ends what binds a pool, or the pool itself. The caller has advanced the pool in this transaction. */
public interface PoolDeletion {

    /**
     * Deletes a pool whose members and health monitor are gone. Errors: CONFLICT with the foreign key's words when
     * something uses it all the same.
     */
    void delete(String projectId, AdvancedPool pool);

    /** The pool is its load balancer's no longer, and stays. */
    void detach(String projectId, AdvancedPool pool);
}
