package io.evenkeel.routing.policy;

import io.evenkeel.listener.Listeners;
import io.evenkeel.listener.Listeners.Known;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The pools that policies name, in the transaction of the write that wants it: load balancer, pools by id, rows. */
@Component
class PolicyPools {

    private final JdbcClient jdbc;
    private final Listeners listeners;
    private final Pools pools;
    private final Quotas quotas;

    PolicyPools(JdbcClient jdbc, Listeners listeners, Pools pools, Quotas quotas) {
        this.jdbc = jdbc;
        this.listeners = listeners;
        this.pools = pools;
        this.quotas = quotas;
    }

    /**
     * Advances the pools that the policy takes and leaves, which learn by it whether they are used, and checks that the
     * new ones fit. Errors: NOT_FOUND, MISMATCH, IP_TARGETS_DISABLED, QUOTA_EXCEEDED.
     */
    void change(
            String projectId, AdvancedLoadBalancer loadBalancer, Known listener, Set<UUID> before, Set<UUID> after) {
        var concerned = new TreeSet<>(before);
        concerned.addAll(after);
        for (var pool : concerned) {
            if (!before.contains(pool)) {
                listeners.takePool(projectId, loadBalancer, listener, pool);
            } else if (!after.contains(pool)) {
                pools.advance(projectId, pool);
            }
        }
        quotas.within(projectId, QuotaKey.POOLS_PER_L7POLICY, after.size());
    }

    /** Tells the pools, by id, that a policy is about to let them go. */
    void release(String projectId, Collection<UUID> used) {
        new TreeSet<>(used).forEach(pool -> pools.advance(projectId, pool));
    }

    /** A policy turns only to a pool that serves nobody else. Errors: CONFLICT naming the listener. */
    void checkUnused(Known listener, Set<UUID> before, Set<UUID> after) {
        var taken = new TreeSet<>(after);
        taken.removeAll(before);
        jdbc.sql("""
                        select u.pool_id, u.listener_id from (
                            select default_pool_id as pool_id, id as listener_id from listener
                            where default_pool_id = any(:pools)
                            union all
                            select pool_id, listener_id from l7policy_pool
                            where pool_id = any(:pools) and listener_id <> :listener
                        ) u order by 1, 2 limit 1
                        """)
                .param("pools", taken.toArray(UUID[]::new))
                .param("listener", listener.id())
                .query((row, n) -> "Listener %s is using pool %s"
                        .formatted(row.getObject("listener_id"), row.getObject("pool_id")))
                .optional()
                .ifPresent(user -> {
                    throw ErrorCode.CONFLICT.with(user);
                });
    }

    /** Writes down which pools the policy names now. */
    void write(UUID policyId, Known listener, String vpcId, Set<UUID> used) {
        clear(policyId);
        jdbc.sql("""
                        insert into l7policy_pool (l7policy_id, pool_id, listener_id, load_balancer_id, vpc_id)
                        select :policy, pool, :listener, :loadBalancer, :vpc from unnest(:pools) pool
                        """)
                .param("policy", policyId)
                .param("listener", listener.id())
                .param("loadBalancer", listener.loadBalancerId())
                .param("vpc", vpcId)
                .param("pools", used.toArray(UUID[]::new))
                .update();
    }

    void clear(UUID policyId) {
        jdbc.sql("delete from l7policy_pool where l7policy_id = :policy")
                .param("policy", policyId)
                .update();
    }
}
