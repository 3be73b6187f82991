package io.evenkeel.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks every fifteen seconds. Metrics: {@code evenkeel.zones.uncovered} counts, by {@code kind}, zones of load balancers
 * and of pools without a working backend; {@code evenkeel.zone.uncovered.seconds} says of each how long it has been so, of
 * the {@value #MOST} longest. Every node of the API shows the same.
 */
@Component
class CoverageWatch {

    private static final Logger log = LoggerFactory.getLogger(CoverageWatch.class);

    private static final int MOST = 500;

    private static final String UNCOVERED = """
            select 'loadbalancer' as kind, load_balancer_id as id, availability_zone, since from zone_coverage
             where not is_covered
            union all
            select 'pool', pool_id, availability_zone, since from pool_zone_coverage where not is_covered
            """;

    private final JdbcClient jdbc;
    private final MultiGauge each;
    private volatile Map<String, Long> counts = Map.of();

    CoverageWatch(JdbcClient jdbc, MeterRegistry metrics) {
        this.jdbc = jdbc;
        for (var kind : List.of("loadbalancer", "pool")) {
            Gauge.builder("evenkeel.zones.uncovered", this, watch -> watch.counts.getOrDefault(kind, 0L))
                    .description("Availability zones without a working backend")
                    .tag("kind", kind)
                    .register(metrics);
        }
        each = MultiGauge.builder("evenkeel.zone.uncovered.seconds")
                .description("How long an availability zone has had no working backend")
                .register(metrics);
    }

    @Scheduled(fixedDelayString = "PT15S", initialDelayString = "PT15S")
    void look() {
        try {
            counts = Map.copyOf(jdbc
                    .sql("select kind, count(*) from (%s) u group by kind".formatted(UNCOVERED))
                    .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            each.register(longest(), true);
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).log("Zones without a backend are not counted now");
        }
    }

    private List<MultiGauge.Row<?>> longest() {
        return jdbc.sql("""
                        select kind, id, availability_zone, extract(epoch from now() - since) as seconds
                          from (%s) u order by since, id limit :most""".formatted(UNCOVERED))
                .param("most", MOST)
                .<MultiGauge.Row<?>>query((row, n) -> MultiGauge.Row.of(
                        Tags.of(
                                "kind",
                                row.getString(1),
                                "id",
                                row.getString(2),
                                "availability_zone",
                                row.getString(3)),
                        row.getDouble(4)))
                .list();
    }
}
