package io.evenkeel.writes;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.write.Advanced;
import io.evenkeel.platform.write.Advanced.Kind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The generation that a resource is in, for a write to it that changed nothing. */
@Component
class CurrentGenerations {

    private record Lookup(String variable, Kind kind, String sql) {}

    /** By what stands in a path. */
    private static final List<Lookup> LOOKUPS = List.of(
            new Lookup(
                    "loadbalancer_id",
                    Kind.LOAD_BALANCER,
                    "select id, generation from load_balancer b where b.id = :id"),
            new Lookup("listener_id", Kind.LOAD_BALANCER, """
                    select b.id, b.generation from listener l join load_balancer b on b.id = l.load_balancer_id
                     where l.id = :id"""),
            new Lookup("l7policy_id", Kind.LOAD_BALANCER, """
                    select b.id, b.generation from l7policy y join load_balancer b on b.id = y.load_balancer_id
                     where y.id = :id"""),
            new Lookup("pool_id", Kind.POOL, "select id, generation from pool b where b.id = :id"),
            new Lookup("healthmonitor_id", Kind.POOL, """
                    select b.id, b.generation from health_monitor m join pool b on b.id = m.pool_id
                     where m.id = :id"""));

    private final JdbcClient jdbc;

    CurrentGenerations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the project's resource that the path names; none where it names no load balancer or pool, or what is in one. */
    List<Advanced> of(Map<String, String> variables) {
        return LOOKUPS.stream()
                .filter(lookup -> variables.containsKey(lookup.variable()))
                .findFirst()
                .flatMap(lookup -> Ids.parse(variables.getOrDefault(lookup.variable(), ""))
                        .map(id -> read(lookup, id, variables.getOrDefault("project_id", ""))))
                .orElse(List.of());
    }

    private List<Advanced> read(Lookup lookup, UUID id, String projectId) {
        return jdbc.sql(lookup.sql() + " and b.project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new Advanced(lookup.kind(), row.getObject(1, UUID.class), row.getLong(2)))
                .list();
    }
}
