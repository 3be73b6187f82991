package io.evenkeel.pool.rest;

import io.evenkeel.inventory.Vpcs;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.spec.PoolSpec;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rules between a pool and what hangs on it, checked under the pool's lock. */
@Component
class PoolRules {

    private final JdbcClient jdbc;
    private final Vpcs vpcs;

    PoolRules(JdbcClient jdbc, Vpcs vpcs) {
        this.jdbc = jdbc;
        this.vpcs = vpcs;
    }

    /** Errors: MISMATCH naming what the change does not fit, NOT_FOUND for an unknown VPC. */
    void checkChange(String projectId, AdvancedPool pool, PoolSpec before, PoolSpec after) {
        if (after.vpcId() != null && !after.vpcId().equals(before.vpcId())) {
            checkVpc(projectId, pool, after.vpcId());
        }
        if (!after.type().equals(before.type())) {
            checkType(pool.id(), after.type());
        }
        if (after.anyPortEnable() && !before.anyPortEnable()) {
            first("select id from health_monitor where pool_id = :pool and monitor_port is null limit 1", pool.id())
                    .ifPresent(monitor -> {
                        throw ErrorCode.MISMATCH.with(
                                "Health monitor %s needs a monitor_port before pool %s can have any_port_enable"
                                        .formatted(monitor, pool.id()));
                    });
        }
        if (!after.anyPortEnable() && before.anyPortEnable()) {
            first("select id from member where pool_id = :pool and protocol_port = 0 limit 1", pool.id())
                    .ifPresent(member -> {
                        throw ErrorCode.MISMATCH.with(
                                "Member %s needs a protocol_port before any_port_enable of pool %s can be switched off"
                                        .formatted(member, pool.id()));
                    });
        }
    }

    boolean isAnyWorkerInNoZone() {
        return jdbc.sql("select 1 from worker where availability_zone is null limit 1")
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    private void checkVpc(String projectId, AdvancedPool pool, String vpcId) {
        vpcs.require(projectId, vpcId);
        if (pool.effectiveVpcId() != null && !pool.effectiveVpcId().equals(vpcId)) {
            throw ErrorCode.MISMATCH.with(
                    "Pool %s is in vpc %s, not in vpc %s".formatted(pool.id(), pool.effectiveVpcId(), vpcId));
        }
    }

    private void checkType(UUID poolId, String type) {
        var isOfOtherType = type.equals(PoolSpec.IP_MEMBERS) ? "subnet_id is not null" : "subnet_id is null";
        first("select id from member where pool_id = :pool and " + isOfOtherType + " limit 1", poolId)
                .ifPresent(member -> {
                    throw ErrorCode.MISMATCH.with(
                            "Member %s does not fit type %s of pool %s".formatted(member, type, poolId));
                });
    }

    /** Errors: CONFLICT naming what uses the pool. */
    void checkDeletable(AdvancedPool pool) {
        first("select id from member where pool_id = :pool order by id limit 1", pool.id())
                .ifPresent(member -> refuse("Member " + member + " is using pool " + pool.id()));
        first("select id from health_monitor where pool_id = :pool", pool.id())
                .ifPresent(monitor -> refuse("Healthmonitor " + monitor + " is using pool " + pool.id()));
        checkNoPolicyUses(pool.id());
        if (pool.memberDeletionProtection()) {
            refuse("member_deletion_protection_enable of pool " + pool.id() + " is on");
        }
    }

    /** Errors: CONFLICT naming the policy. */
    void checkNoPolicyUses(UUID poolId) {
        first("select l7policy_id from l7policy_pool where pool_id = :pool order by 1 limit 1", poolId)
                .ifPresent(policy -> refuse("L7policy " + policy + " is using pool " + poolId));
    }

    private static void refuse(String reason) {
        throw ErrorCode.CONFLICT.with(reason);
    }

    private Optional<UUID> first(String sql, UUID poolId) {
        return jdbc.sql(sql).param("pool", poolId).query(UUID.class).optional();
    }
}
