package io.evenkeel.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that is configured, as one number per table; what is only observed aside. */
public final class ConfigurationDigest {

    private static final String TABLES = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
            and c.relname not in ('worker', 'worker_rejection', 'worker_receipt', 'member_health', 'member_verdict', 'rejection_verdict',
                'zone_coverage', 'pool_zone_coverage', 'event', 'event_key', 'traffic_10s', 'traffic_5min',
                'health_check_job', 'incarnation', 'flyway_schema_history')
            """;

    private final JdbcClient jdbc;
    private final String query;

    public ConfigurationDigest(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.query = jdbc.sql(TABLES).query(String.class).list().stream()
                .map(table ->
                        "select '%1$s', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %1$s t"
                                .formatted(table))
                .collect(Collectors.joining(" union all "));
    }

    /** By table. */
    public Map<String, String> now() {
        var digest = new TreeMap<String, String>();
        jdbc.sql(query)
                .query((row, n) -> digest.put(row.getString(1), row.getString(2)))
                .list();
        return digest;
    }
}
