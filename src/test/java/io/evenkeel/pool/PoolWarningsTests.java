package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a caller is told of settings that are kept and not acted on. */
@EvenkeelTest
class PoolWarningsTests {

    @Autowired
    Api api;

    private Api.Answer create(String protocol, String more) {
        return api.post(
                api.elb("/pools"),
                "{\"pool\":{\"type\":\"ip\",\"lb_algorithm\":\"ROUND_ROBIN\",\"protocol\":\"" + protocol + "\"" + more
                        + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP | session_persistence | {"type":"HTTP_COOKIE"}
                    HTTP | slow_start          | {"enable":true}
                    TCP  | connection_drain    | {"enable":true,"timeout":30}
                    HTTP | pool_health         | {"minimum_healthy_member_count":1}
                    """)
    void tellsWhatIsKeptAndNotActedOn(String protocol, String attribute, String value) {
        var answer = create(protocol, ",\"" + attribute + "\":" + value).expect(201);

        var warnings = answer.get("warnings");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).get("code").asString()).isEqualTo("NOT_IN_EFFECT");
        assertThat(warnings.get(0).get("message").asString())
                .contains(attribute, answer.get("pool").get("id").asString());
    }

    @Test
    void tellsItOnEveryChangeAndNotWhenItIsOff() {
        var id = create("HTTP", ",\"slow_start\":{\"enable\":false}").expect(201);
        assertThat(id.has("warnings")).isFalse();

        var path = api.elb("/pools/" + id.get("pool").get("id").asString());
        assertThat(api.put(path, "{\"pool\":{\"slow_start\":{\"enable\":true}}}")
                        .expect(200)
                        .get("warnings"))
                .hasSize(1);
        assertThat(api.put(path, "{\"pool\":{\"slow_start\":null}}").expect(200).has("warnings"))
                .isFalse();
    }
}
