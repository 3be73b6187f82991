package io.evenkeel.topology.deletion;

import io.evenkeel.healthmonitor.HealthMonitors;
import io.evenkeel.member.Members;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolDeletion;
import org.springframework.stereotype.Component;

/** Deletes pools with their members and health monitors. The caller has advanced them. */
@Component
class PoolCascade {

    private final Members members;
    private final HealthMonitors monitors;
    private final PoolDeletion pools;

    PoolCascade(Members members, HealthMonitors monitors, PoolDeletion pools) {
        this.members = members;
        this.monitors = monitors;
        this.pools = pools;
    }

    /** Errors: CONFLICT. */
    static void refuseProtected(AdvancedPool pool) {
        if (pool.memberDeletionProtection()) {
            throw ErrorCode.CONFLICT.with("member_deletion_protection_enable of pool " + pool.id() + " is on");
        }
    }

    void delete(String projectId, AdvancedPool pool) {
        members.deleteAll(projectId, pool);
        monitors.deleteOf(projectId, pool);
        pools.delete(projectId, pool);
    }

    void detach(String projectId, AdvancedPool pool) {
        pools.detach(projectId, pool);
    }
}
