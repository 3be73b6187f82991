package io.evenkeel.testing;

import static org.awaitility.Awaitility.await;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Who counts as live in the tested instance. */
public final class LiveWorkers {

    private LiveWorkers() {}

    /** Other tests leave workers behind that are not there: who waits for all live ones must not wait for them. */
    public static void onlyTheReal(JdbcClient jdbc) {
        // The real one lives in any case.
        if (count(jdbc) != 1) {
            jdbc.sql("update worker set heartbeat_at = heartbeat_at - interval '20 seconds'")
                    .update();
            await().until(() -> count(jdbc) == 1);
        }
    }

    private static long count(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from worker where heartbeat_at > now() - interval '10 seconds'")
                .query(Long.class)
                .single();
    }
}
