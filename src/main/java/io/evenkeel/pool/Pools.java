package io.evenkeel.pool;

import io.evenkeel.platform.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pools for those who write what belongs to one. An advance is one statement: it locks the row, raises the generation
 * and tells how the pool is now, so nothing that was read before it needs to be trusted.
 *
 * <p>Everything here takes part in the caller's transaction and comes before the caller's own writes; load balancers
 * are advanced before pools, and pools in the order of their ids. Errors: {@link ErrorCode#NOT_FOUND} for an id that
 * the project does not have.
 */
@Component
public class Pools {

    private static final String STATE = """
            returning id, generation, protocol, effective_vpc_id, type, os, member_count, any_port_enable,
                      member_deletion_protection_enable, ip_version, load_balancer_id
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Pools(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Raises the generation and locks the pool. */
    public AdvancedPool advance(String projectId, UUID poolId) {
        return advance(projectId, poolId, "", Map.of());
    }

    /**
     * Advances the pool for members that are about to be added.
     *
     * @param os what they run, type/distribution, where the same-OS rule applies: the first fixes the pool's. The
     *     caller compares the answer's {@code os} with it and refuses when they differ.
     * @param count how many members the caller is about to insert
     */
    public AdvancedPool advanceForJoin(String projectId, UUID poolId, Optional<String> os, int count) {
        if (os.isEmpty()) {
            return advance(
                    projectId, poolId, ", member_count = member_count + :count", Map.of("count", (Object) count));
        }
        return advance(
                projectId,
                poolId,
                ", os = coalesce(os, :os), member_count = member_count + :count",
                Map.of("count", count, "os", os.get()));
    }

    /**
     * Takes members off the count; the last to leave frees the pool's OS. The caller has advanced the pool in this
     * transaction and deleted (and flushed) the members' rows.
     */
    public void leave(String projectId, UUID poolId, int count) {
        jdbc.sql("""
                        update pool set member_count = member_count - :count,
                                        os = case when member_count > :count then os end
                         where id = :id and project_id = :project
                        """)
                .param("count", count)
                .param("id", poolId)
                .param("project", projectId)
                .update();
    }

    /**
     * Advances the pool for something in the VPC that is about to use it; a pool without a VPC takes this one. Errors:
     * {@link ErrorCode#MISMATCH} when the pool is in another VPC.
     */
    public AdvancedPool bindVpc(String projectId, UUID poolId, String vpcId) {
        var pool = advance(
                projectId, poolId, ", effective_vpc_id = coalesce(effective_vpc_id, :vpc)", Map.of("vpc", (Object)
                        vpcId));
        if (!vpcId.equals(pool.effectiveVpcId())) {
            throw ErrorCode.MISMATCH.with("Vpc %s of pool %s and vpc %s of the load balancer mismatch"
                    .formatted(pool.effectiveVpcId(), poolId, vpcId));
        }
        return pool;
    }

    /** The pool as it is, without a lock. */
    public KnownPool require(String projectId, UUID poolId) {
        return jdbc.sql("select id, protocol, effective_vpc_id, type, any_port_enable, is_master_slave from pool"
                        + " where id = :id and project_id = :project")
                .param("id", poolId)
                .param("project", projectId)
                .query((row, n) -> new KnownPool(
                        poolId,
                        PoolProtocol.valueOf(text(row, "protocol")),
                        row.getString("effective_vpc_id"),
                        text(row, "type"),
                        row.getBoolean("any_port_enable"),
                        row.getBoolean("is_master_slave")))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", poolId));
    }

    private AdvancedPool advance(String projectId, UUID poolId, String changes, Map<String, Object> values) {
        var pool = jdbc.sql("update pool set generation = generation + 1, changed_in = pg_current_xact_id()" + changes
                        + " where id = :id and project_id = :project " + STATE)
                .params(values)
                .param("id", poolId)
                .param("project", projectId)
                .query(Pools::state)
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", poolId));
        events.publishEvent(new PoolChanged(poolId, pool.generation()));
        return pool;
    }

    private static AdvancedPool state(ResultSet row, int n) throws SQLException {
        return new AdvancedPool(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getLong("generation"),
                PoolProtocol.valueOf(text(row, "protocol")),
                row.getString("effective_vpc_id"),
                text(row, "type"),
                row.getString("os"),
                row.getInt("member_count"),
                row.getBoolean("any_port_enable"),
                row.getBoolean("member_deletion_protection_enable"),
                text(row, "ip_version"),
                nullableId(row, "load_balancer_id"));
    }

    private static @Nullable UUID nullableId(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
