package io.evenkeel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.Rows;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.status.StatusRecorder.Leaving;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of members that get nothing new, while the time runs that what is under way at them has. */
@EvenkeelTest
class LeavingMembersTests {

    @Autowired
    StatusRecorder recorder;

    @Autowired
    MemberStatuses statuses;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private final String one = "one-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();
    private Rows rows;
    private UUID pool;
    private UUID member;
    private Instant now;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc).vpc();
        pool = rows.pool();
        member = rows.member(pool, 1);
        now = clock.instant();
        recorder.heartbeat(one, "az-1", "1:1:");
        recorder.heartbeat(other, "az-1", "1:1:");
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id in (?, ?)").params(one, other).update();
        rows.close();
    }

    private ObservedStatus observed() {
        return Objects.requireNonNull(statuses.of(List.of(member)).get(member)).observed();
    }

    @Test
    void theLatestEndOfAllWorkersIsTold() {
        recorder.recordLeaving(one, pool, Map.of(member, new Leaving(now, now.plusSeconds(100))));
        recorder.recordLeaving(other, pool, Map.of(member, new Leaving(now.minusSeconds(7), now.plusSeconds(3000))));
        assertThat(observed().reason())
                .isEqualTo("DRAINING: what is under way ends at " + Timestamps.onWire(now.plusSeconds(3000)));
        assertThat(observed().since()).isEqualTo(Timestamps.onWire(now.minusSeconds(7)));

        recorder.recordLeaving(other, pool, Map.of());
        assertThat(observed().reason()).contains(Timestamps.onWire(now.plusSeconds(100)));
        recorder.forgetRejections(one);
        assertThat(observed().reason()).isNull();
    }

    @Test
    void whatIsOverAndWhatIsGoneCountsForNothing() {
        recorder.recordLeaving(one, pool, Map.of(member, new Leaving(now.minusSeconds(9), now.minusSeconds(1))));
        assertThat(observed().reason()).isNull();
        recorder.recordLeaving(one, pool, Map.of(UUID.randomUUID(), new Leaving(now, now.plusSeconds(9))));
        assertThat(observed().reason()).isNull();
    }
}
