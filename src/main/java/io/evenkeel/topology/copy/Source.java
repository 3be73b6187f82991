package io.evenkeel.topology.copy;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is copied, locked against changes: the load balancer first, then its pools by id. */
@Component
class Source {

    private static final String POOLS = """
            select p.id, p.load_balancer_id is not distinct from :id as is_owned, p.type <> '' as may_be_shared
            from pool p
            where p.id in (select u.pool_id from pool_use u where u.load_balancer_id = :id)
            order by p.id for no key update
            """;

    private final JdbcClient jdbc;

    Source(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param isOwned whether the load balancer is named by the pool itself
     * @param mayBeShared whether other load balancers may use it
     */
    record SourcePool(UUID id, boolean isOwned, boolean mayBeShared) {}

    /** Locks the load balancer; its generation, or 0 when it is gone. */
    long lock(UUID loadBalancerId) {
        return jdbc.sql("select generation from load_balancer where id = :id for no key update")
                .param("id", loadBalancerId)
                .query((row, n) -> row.getLong(1))
                .optional()
                .orElse(0L);
    }

    List<SourcePool> lockPools(UUID loadBalancerId) {
        return jdbc.sql(POOLS)
                .param("id", loadBalancerId)
                .query((row, n) -> new SourcePool(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        row.getBoolean("is_owned"),
                        row.getBoolean("may_be_shared")))
                .list();
    }
}
