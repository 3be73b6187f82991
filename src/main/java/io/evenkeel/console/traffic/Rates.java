package io.evenkeel.console.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many requests (connections, sessions) went where in the last minute. */
@Component
public class Rates {

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private static final String SQL = """
            select t.listener_id, t.pool_id, t.member_id, sum(t.picked) as picked, min(t.bucket) as began,
                   max(t.taken_at) as ended
            from traffic_10s t
            where t.pool_id = any(:pools) and t.bucket >= :from and t.member_id is not null
            group by t.listener_id, t.pool_id, t.member_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Rates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Row(UUID listenerId, UUID poolId, UUID memberId, long picked, Instant began, Instant ended) {}

    /** What was counted, per second. */
    public static final class Counted {

        private final Map<String, Double> byId = new HashMap<>();

        Counted(List<Row> rows) {
            var began = rows.stream().map(Row::began).min(Instant::compareTo);
            var ended = rows.stream().map(Row::ended).max(Instant::compareTo);
            double seconds = began.isPresent() && ended.isPresent()
                    ? Math.max(1, Duration.between(began.get(), ended.get()).toMillis() / 1000.0)
                    : 1;
            rows.forEach(row -> {
                double perSecond = row.picked() / seconds;
                byId.merge(row.listenerId().toString(), perSecond, Double::sum);
                byId.merge(row.poolId().toString(), perSecond, Double::sum);
                byId.merge(row.memberId().toString(), perSecond, Double::sum);
                byId.merge(row.listenerId() + "/" + row.poolId(), perSecond, Double::sum);
            });
        }

        /** Of a listener, a group or a member. */
        public double of(String id) {
            return byId.getOrDefault(id, 0.0);
        }

        /** From a listener to a group. */
        public double ofWay(String listenerId, String poolId) {
            return of(listenerId + "/" + poolId);
        }
    }

    /** Of groups whose ids came from an answer about the caller's project. */
    public Counted of(Collection<String> poolIds) {
        if (poolIds.isEmpty()) {
            return new Counted(List.of());
        }
        var from = OffsetDateTime.ofInstant(clock.instant().minus(WINDOW), ZoneOffset.UTC);
        var rows = new ArrayList<Row>();
        jdbc.sql(SQL)
                .param("pools", poolIds.stream().map(UUID::fromString).toArray(UUID[]::new))
                .param("from", from)
                .query(row -> {
                    rows.add(new Row(
                            Objects.requireNonNull(row.getObject("listener_id", UUID.class)),
                            Objects.requireNonNull(row.getObject("pool_id", UUID.class)),
                            Objects.requireNonNull(row.getObject("member_id", UUID.class)),
                            row.getLong("picked"),
                            row.getObject("began", OffsetDateTime.class).toInstant(),
                            row.getObject("ended", OffsetDateTime.class).toInstant()));
                });
        return new Counted(rows);
    }

    /** For people: requests per second with as many decimals as say something. */
    public static String told(double perSecond) {
        if (perSecond == 0) {
            return "0/s";
        }
        return perSecond < 10 ? String.format(Locale.ROOT, "%.1f/s", perSecond) : Math.round(perSecond) + "/s";
    }
}
