package io.evenkeel.topology.deletion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What uses what; each question is one statement. */
@Component
class Uses {

    private static final String POOLS_OF = """
            select distinct u.pool_id from pool_use u where u.load_balancer_id = any(:loadBalancers)
            """;

    private static final String SHARED = """
            select distinct u.pool_id from pool_use u
            where u.pool_id = any(:pools) and u.load_balancer_id <> all(:loadBalancers)
            """;

    private final JdbcClient jdbc;

    Uses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By load balancer; those without listeners are left out. */
    Map<UUID, List<UUID>> listenersOf(Collection<UUID> loadBalancers) {
        var listeners = new HashMap<UUID, List<UUID>>();
        jdbc.sql("select load_balancer_id, id from listener where load_balancer_id = any(:ids) order by id")
                .param("ids", array(loadBalancers))
                .query(row -> {
                    listeners
                            .computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(row.getObject(2, UUID.class));
                });
        return listeners;
    }

    /**
     * Locks the pools that the load balancers own or use, in the order of their ids. Found first, then locked by id
     * alone: a row that changes while the statement waits for it is looked at again, which must not depend on a join.
     */
    List<UUID> lockPoolsOf(String projectId, Collection<UUID> loadBalancers) {
        return lockPools(
                projectId,
                jdbc.sql(POOLS_OF)
                        .param("loadBalancers", array(loadBalancers))
                        .query(Uses::id)
                        .list());
    }

    /** Locks those of the pools that the project has, in the order of their ids. */
    List<UUID> lockPools(String projectId, Collection<UUID> pools) {
        return jdbc.sql("select id from pool where project_id = :project and id = any(:ids) order by id for update")
                .param("project", projectId)
                .param("ids", array(pools))
                .query(Uses::id)
                .list();
    }

    /** The first of the pools that is a pair of a master and a standby. */
    Optional<UUID> findPair(String projectId, Collection<UUID> pools) {
        return jdbc.sql("""
                        select id from pool where project_id = :project and id = any(:ids) and is_master_slave
                        order by id limit 1
                        """)
                .param("project", projectId)
                .param("ids", array(pools))
                .query(Uses::id)
                .optional();
    }

    /** Those of the pools that other load balancers own or use. */
    Set<UUID> shared(Collection<UUID> pools, Collection<UUID> loadBalancers) {
        return new HashSet<>(jdbc.sql(SHARED)
                .param("pools", array(pools))
                .param("loadBalancers", array(loadBalancers))
                .query(Uses::id)
                .list());
    }

    private static UUID id(ResultSet row, int number) throws SQLException {
        return Objects.requireNonNull(row.getObject(1, UUID.class));
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
