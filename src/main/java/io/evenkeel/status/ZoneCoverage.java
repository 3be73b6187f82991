package io.evenkeel.status;

import io.evenkeel.audit.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether each availability zone of a load balancer has a working backend, and since when; and the same of each pool, for
 * the zones of the load balancers that use it and its own members.
 *
 * <p>The rule: a zone is covered while at least one member that a way leads to (view {@code backend_path}) works there:
 * its server is in the zone and ACTIVE, its weight is above 0, and its pool has no enabled monitor or its checks said
 * ONLINE last ({@code member_verdict}). The first look at a zone is told to nobody; each change after it is an event.
 *
 * <p>Looked at on every node a moment after a change of the load balancer, of a pool or of a verdict was committed, and
 * now and then all over. A look judges by what is committed, so of two changes that meet, the look that follows the
 * later one sees both; and it locks the zones of the load balancer and judges again before it changes them, so that
 * of several nodes one tells.
 */
@Component
public class ZoneCoverage {

    private final JdbcClient jdbc;
    private final CoverageTable loadBalancers;
    private final CoverageTable pools;

    ZoneCoverage(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        loadBalancers = new CoverageTable(CoverageTable.Of.LOAD_BALANCERS, jdbc, events, clock);
        pools = new CoverageTable(CoverageTable.Of.POOLS, jdbc, events, clock);
    }

    /**
     * A zone as it was judged last.
     *
     * @param resourceId of the load balancer or pool
     * @param since when it came into this state, or was looked at first
     */
    public record Zone(UUID resourceId, String availabilityZone, boolean isCovered, Instant since) {}

    /** By load balancer and zone; what was created a moment ago may be missing. */
    public List<Zone> of(Collection<UUID> loadBalancerIds) {
        return loadBalancers.of(loadBalancerIds);
    }

    /** By pool and zone of the load balancers that use it; likewise. */
    public List<Zone> ofPools(Collection<UUID> poolIds) {
        return pools.of(poolIds);
    }

    /** Judges what changed, and all that it concerns: load balancers by their pools, pools by their load balancers. */
    void settle(Collection<UUID> poolIds, Collection<UUID> loadBalancerIds) {
        loadBalancers.settle(loadBalancers.differing(with(loadBalancerIds, "load_balancer_id", "pool_id", poolIds)));
        pools.settle(pools.differing(with(poolIds, "pool_id", "load_balancer_id", loadBalancerIds)));
    }

    void settleAll() {
        loadBalancers.settle(loadBalancers.differing());
        pools.settle(pools.differing());
    }

    private Set<UUID> with(Collection<UUID> own, String column, String usedBy, Collection<UUID> others) {
        var all = new TreeSet<>(own);
        if (!others.isEmpty()) {
            all.addAll(jdbc.sql("select distinct %s from pool_use where %s = any(cast(:ids as uuid[]))"
                            .formatted(column, usedBy))
                    .param("ids", others.stream().map(UUID::toString).toArray(String[]::new))
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list());
        }
        return all;
    }
}
