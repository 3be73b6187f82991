package io.evenkeel.status.traffic;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The one writer of what workers counted. */
@Component
public class TrafficRecorder {

    /**
     * For so long after it was taken a reading may be written again: it counts once. Later the first copy may have been
     * condensed, and the second would count beside it.
     */
    public static final Duration TAKES_FOR = Duration.ofHours(1);

    /** Rows in one statement: enough to make its cost small, and its text some megabytes. */
    private static final int AT_ONCE = 5000;

    private static final String INSERT = """
            insert into traffic_10s (bucket, worker_id, taken_at, %s, %s, time_micros, time_counts,
                                     client_sketch, session_sketch)
            select cast(:bucket as timestamptz), :worker, cast(:takenAt as timestamptz), r.*
              from json_to_recordset(cast(:rows as json)) as r(%s, %s, time_micros bigint[], time_counts bigint[],
                                                                 client_sketch smallint[], session_sketch smallint[])
            on conflict do nothing""".formatted(
                    TrafficColumns.THING,
                    TrafficColumns.COUNTS,
                    TrafficColumns.each(TrafficColumns.THING, "%s uuid"),
                    TrafficColumns.each(TrafficColumns.COUNTS, "%s bigint"));

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JdbcClient jdbc;

    TrafficRecorder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes what a worker read at one moment, in one transaction. What is there already is left as it is.
     *
     * @param bucket when the time began that the rows tell of
     * @param takenAt when the counts were read, which tells this reading from every other one of the worker
     */
    @Transactional
    public void record(String workerId, Instant bucket, Instant takenAt, List<TrafficRow> rows) {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            insert(workerId, bucket, takenAt, rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
        }
    }

    private void insert(String workerId, Instant bucket, Instant takenAt, List<TrafficRow> rows) {
        jdbc.sql(INSERT)
                .param("bucket", Timestamp.from(bucket))
                .param("worker", workerId)
                .param("takenAt", Timestamp.from(takenAt))
                .param("rows", JSON.writeValueAsString(rows))
                .update();
    }
}
