package io.evenkeel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.Rows;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of pools in which others take traffic than those who are there for it. */
@EvenkeelTest
class StandInTests {

    @Autowired
    StatusRecorder recorder;

    @Autowired
    ObservedStatuses statuses;

    @Autowired
    JdbcClient jdbc;

    private final String worker = "worker-" + UUID.randomUUID();
    private Rows rows;
    private UUID pool;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc).vpc();
        pool = rows.pool();
        recorder.heartbeat(worker, "az-1", "1:1:");
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id = ?").param(worker).update();
        rows.close();
    }

    private List<String> told() {
        return jdbc.sql("""
                        select kind || ' ' || (details ->> 'why') from event
                        where resource_id = ? and project_id = ? order by id""")
                .params(pool.toString(), rows.projectId())
                .query((row, n) -> row.getString(1))
                .list();
    }

    private ObservedStatus observed() {
        return Objects.requireNonNullElse(statuses.ofPools(List.of(pool)).get(pool), ObservedStatus.ONLINE);
    }

    @Test
    void aBeginAndAnEndAreToldOnceEach() {
        recorder.recordStandIns(worker, Map.of(pool, "FAIL_OPEN"));
        recorder.recordStandIns(worker, Map.of(pool, "FAIL_OPEN"));
        assertThat(told()).containsExactly("STAND_IN_BEGAN FAIL_OPEN");
        assertThat(observed().operatingStatus()).isEqualTo("DEGRADED");
        assertThat(observed().reason()).startsWith("FAIL_OPEN: ");
        assertThat(observed().since()).isNotNull();

        recorder.recordStandIns(worker, Map.of());
        recorder.recordStandIns(worker, Map.of());
        assertThat(told()).containsExactly("STAND_IN_BEGAN FAIL_OPEN", "STAND_IN_ENDED FAIL_OPEN");
        assertThat(observed()).isEqualTo(ObservedStatus.ONLINE);
    }

    @Test
    void anotherReasonEndsTheOneBefore() {
        recorder.recordStandIns(worker, Map.of(pool, "ZONE_FALLBACK"));
        recorder.recordStandIns(worker, Map.of(pool, "FAIL_OPEN"));
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "STAND_IN_BEGAN ZONE_FALLBACK", "STAND_IN_ENDED ZONE_FALLBACK", "STAND_IN_BEGAN FAIL_OPEN");
        assertThat(observed().reason()).startsWith("FAIL_OPEN: ");
    }

    @Test
    void aPoolThatIsNotThereIsPassedOver() {
        recorder.recordStandIns(worker, Map.of(UUID.randomUUID(), "STANDBY", pool, "STANDBY"));
        assertThat(told()).containsExactly("STAND_IN_BEGAN STANDBY");
        assertThat(observed().reason()).startsWith("STANDBY: ");
    }

    @Test
    void aWorkerThatIsForgottenTakesItsWordAlong() {
        recorder.recordStandIns(worker, Map.of(pool, "FAIL_OPEN"));
        jdbc.sql("delete from worker where id = ?").param(worker).update();
        assertThat(observed()).isEqualTo(ObservedStatus.ONLINE);
    }
}
