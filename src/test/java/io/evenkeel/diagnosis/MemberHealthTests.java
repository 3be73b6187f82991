package io.evenkeel.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.status.HealthObservation;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Which worker sees what of a member that no listener leads to, so that only those speak who are made to. */
@EvenkeelTest
class MemberHealthTests {

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    @Autowired
    Api api;

    @Autowired
    StatusRecorder recorder;

    @Autowired
    JdbcClient jdbc;

    private final String one = "one-" + UUID.randomUUID();
    private final String other = "two-" + UUID.randomUUID();
    private String pool;
    private String member;

    @BeforeEach
    void begin() {
        var estate = Estate.create(api);
        estate.servers(1);
        pool = estate.sharedPool();
        estate.monitor(pool);
        member = estate.member(pool, 1);
        recorder.heartbeat(one, "az-1", "1:1:");
        recorder.heartbeat(other, null, "1:1:");
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id in (?, ?)").params(one, other).update();
    }

    private Api.Answer health(String ofPool, String ofMember) {
        return api.get(api.elb("/pools/" + ofPool + "/members/" + ofMember + "/health"));
    }

    private JsonNode health() {
        return health(pool, member).expect(200).path("health");
    }

    @Test
    void showsNobodyWhereNobodyLooked() {
        assertThat(health().path("operating_status").asString()).isEqualTo("OFFLINE");
        assertThat(health().path("workers")).isEmpty();
    }

    @Test
    void showsWhatEachWorkerSees() {
        var id = UUID.fromString(member);
        recorder.recordHealth(one, List.of(new HealthObservation(id, false, "RESPONSE_MISMATCH", "200", "503", SINCE)));
        recorder.recordHealth(other, List.of(new HealthObservation(id, true, null, null, null, SINCE)));

        var health = health();

        assertThat(health.path("member_id").asString()).isEqualTo(member);
        assertThat(health.path("pool_id").asString()).isEqualTo(pool);
        assertThat(health.path("operating_status").asString()).isEqualTo("ONLINE");
        assertThat(health.path("workers")).hasSize(2);
        var failing = health.path("workers").get(0);
        assertThat(failing.path("worker_id").asString()).isEqualTo(one);
        assertThat(failing.path("availability_zone").asString()).isEqualTo("az-1");
        assertThat(failing.path("worker_state").asString()).isEqualTo("live");
        assertThat(failing.path("operating_status").asString()).isEqualTo("OFFLINE");
        assertThat(failing.path("reason_code").asString()).isEqualTo("RESPONSE_MISMATCH");
        assertThat(failing.path("expected_response").asString()).isEqualTo("200");
        assertThat(failing.path("healthcheck_response").asString()).isEqualTo("503");
        assertThat(failing.path("since").asString()).isEqualTo("2026-01-02T03:04:05Z");
        var well = health.path("workers").get(1);
        assertThat(well.path("operating_status").asString()).isEqualTo("ONLINE");
        assertThat(well.path("reason_code").isNull()).isTrue();
        assertThat(well.path("availability_zone").isNull()).isTrue();
        assertThat(api.get(api.elb("/pools/" + pool + "/members/" + member))
                        .expect(200)
                        .at("/member/evenkeel/reason")
                        .asString())
                .isEqualTo("WORKERS_DIFFER: 1 of 2 workers see it offline");
    }

    @Test
    void findsNoMemberOfAnotherPool() {
        var elsewhere = Estate.create(api).sharedPool();

        assertThat(health(elsewhere, member).expect(404).path("error_msg").asString())
                .isEqualTo("member " + member + " could not be found.");
        var nobodys = UUID.randomUUID().toString();
        assertThat(health(nobodys, member).expect(404).path("error_msg").asString())
                .isEqualTo("pool " + nobodys + " could not be found.");
    }
}
