package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.status.StatusRecorder;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a caller is told of settings that are kept and not acted on. */
@EvenkeelTest
class PoolWarningsTests {

    @Autowired
    Api api;

    @Autowired
    StatusRecorder recorder;

    @Autowired
    JdbcClient jdbc;

    private Api.Answer create(String protocol, String more) {
        return api.post(
                api.elb("/pools"),
                "{\"pool\":{\"type\":\"ip\",\"lb_algorithm\":\"ROUND_ROBIN\",\"protocol\":\"" + protocol + "\"" + more
                        + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP | session_persistence | {"type":"HTTP_COOKIE"}
                    HTTP | slow_start       | {"enable":true}
                    TCP  | connection_drain | {"enable":true,"timeout":30}
                    HTTP | pool_health      | {"minimum_healthy_member_count":1}
                    TCP  | az_affinity      | {"enable":true,"az_minimum_healthy_member_count":1}
                    """)
    void saysNothingOfWhatWorkersActOn(String protocol, String attribute, String value) {
        assertThat(create(protocol, ",\"" + attribute + "\":" + value)
                        .expect(201)
                        .has("warnings"))
                .isFalse();
    }

    @Test
    void tellsOnEveryChangeOfASlowStartThatTheAlgorithmLeavesWithoutEffect() {
        var created = create("HTTP", ",\"slow_start\":{\"enable\":true}").expect(201);

        var path = api.elb("/pools/" + created.at("/pool/id").asString());
        assertThat(api.put(path, "{\"pool\":{\"lb_algorithm\":\"SOURCE_IP\"}}")
                        .expect(200)
                        .at("/warnings/0/message")
                        .asString())
                .contains("slow_start", "SOURCE_IP");
        assertThat(api.put(path, "{\"pool\":{\"slow_start\":null}}").expect(200).has("warnings"))
                .isFalse();
    }

    @Test
    void tellsOfAnAffinityWhenAWorkerDoesNotSayItsZone() {
        var worker = "nowhere-" + UUID.randomUUID();
        recorder.heartbeat(worker, null, "1:1:");
        try {
            var answer = create("UDP", ",\"az_affinity\":{\"enable\":true,\"az_minimum_healthy_member_count\":1}")
                    .expect(201);
            assertThat(answer.at("/warnings/0/code").asString()).isEqualTo("NOT_IN_EFFECT");
            assertThat(answer.at("/warnings/0/message").asString())
                    .contains("az_affinity", "evenkeel.worker.availability-zone");
        } finally {
            jdbc.sql("delete from worker where id = ?").param(worker).update();
        }
    }
}
