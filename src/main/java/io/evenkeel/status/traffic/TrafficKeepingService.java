package io.evenkeel.status.traffic;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes partitions ahead, condenses and drops old ones, on one node at a time. */
@Service
class TrafficKeepingService {

    /** Any number that nobody else locks: "traffic" in ASCII. */
    private static final long LOCK = 0x74726166666963L;

    private final JdbcClient jdbc;
    private final TrafficTables tables;

    TrafficKeepingService(JdbcClient jdbc, TrafficProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.tables = new TrafficTables(jdbc, "traffic_10s", "traffic_5min", properties, clock);
    }

    @Transactional
    void make() {
        if (isAlone()) {
            tables.make();
        }
    }

    /** Condenses one hour, so that each stands for itself; answers whether there may be more. */
    @Transactional
    boolean condenseOne() {
        return isAlone() && tables.condenseOne();
    }

    @Transactional
    void condenseLateAndDrop() {
        if (isAlone()) {
            tables.condenseLate();
            tables.drop();
        }
    }

    /** Until the end of the transaction, which waits for no writer longer than two seconds. */
    private boolean isAlone() {
        jdbc.sql("set local lock_timeout = '2s'").update();
        return jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }
}
