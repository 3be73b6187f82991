package io.evenkeel.writes;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A write that carries an Idempotency-Key is done once, however often it is sent. */
@EvenkeelTest
class IdempotencyTests {

    private static final int TWINS = 64;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;
    private String key;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        key = UUID.randomUUID().toString();
    }

    private Api.Answer send(String method, String path, @Nullable Object body) {
        return api.send(method, api.elb(path), body, Map.of("Idempotency-Key", key));
    }

    private Map<String, ?> pool(String name) {
        return Map.of(
                "pool",
                Map.of(
                        "name",
                        name,
                        "protocol",
                        "HTTP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "type",
                        "instance",
                        "vpc_id",
                        estate.cloud().vpcId()));
    }

    @Test
    void answersTheSameAgainUnderTheRepetitionsOwnRequestId() {
        var first = send("POST", "/pools", pool("once"));
        var second = send("POST", "/pools", pool("once"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().path("pool")).isEqualTo(first.body().path("pool"));
        assertThat(first.raw().headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(second.raw().headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(second.body().path("request_id").asString())
                .isNotEqualTo(first.body().path("request_id").asString())
                .isEqualTo(second.raw().headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void aRepetitionCarriesTheTagOfTheFirstAnswer() {
        var made = send("POST", "/pools", pool("tagged"));
        var path = "/pools/" + made.body().at("/pool/id").asString();
        var madeAgain = send("POST", "/pools", pool("tagged"));
        key = UUID.randomUUID().toString();
        var changed = send("PUT", path, Map.of("pool", Map.of("name", "changed")));
        var changedAgain = send("PUT", path, Map.of("pool", Map.of("name", "changed")));

        assertThat(tag(made)).isNotEmpty();
        assertThat(tag(madeAgain)).isEqualTo(tag(made));
        assertThat(tag(changedAgain)).isEqualTo(tag(changed)).isNotEqualTo(tag(made));
        assertThat(changedAgain.raw().headers().firstValue("Idempotency-Replayed"))
                .contains("true");
        assertThat(tag(api.get(api.elb(path)))).isEqualTo(tag(changed));
    }

    private static String tag(Api.Answer answer) {
        return answer.raw().headers().firstValue("ETag").orElse("");
    }

    @Test
    void aDryRunNeitherTakesTheKeyNorAnswersFromIt() {
        var rehearsed = send("POST", "/pools?dry_run=true", pool("rehearsed"));
        var made = send("POST", "/pools", pool("rehearsed"));
        var rehearsedAgain = send("POST", "/pools?dry_run=true", pool("other"));

        for (var answer : List.of(rehearsed, made, rehearsedAgain)) {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.raw().headers().firstValue("Idempotency-Replayed"))
                    .isEmpty();
        }
        assertThat(rehearsedAgain.body().at("/pool/name").asString()).isEqualTo("other");
        assertThat(estate.ids("/pools?vpc_id=" + estate.cloud().vpcId()))
                .containsExactly(made.body().at("/pool/id").asString());
    }

    @Test
    void doesOneOfSixtyFourTwinsAndAnswersAllAlike() {
        var race = new Race(jdbc);
        for (int n = 0; n < TWINS; n++) {
            race.with(call(() -> send("POST", "/pools", pool("twin " + key)), "201"));
        }
        var ids = race.run(1).stream()
                .map(finish -> finish.answer().body().at("/pool/id").asString())
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(1);
        assertThat(estate.ids("/pools?name=twin%20" + key)).containsExactlyElementsOf(ids);
    }

    @Test
    void refusesTheKeyForAnotherRequest() {
        send("POST", "/pools", pool("first")).expect(201);

        var other = send("POST", "/pools", pool("second"));

        assertThat(other.expect(409).path("error_msg").asString())
                .isEqualTo("The Idempotency-Key " + key + " was used with another request in the last 24 hours.");
        assertThat(estate.ids("/pools?name=second&vpc_id=" + estate.cloud().vpcId()))
                .isEmpty();
    }

    @Test
    void aRefusedWriteLeavesTheKeyFree() {
        var wrong = Map.of("pool", Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN"));
        send("POST", "/pools", wrong).expect(400);

        send("POST", "/pools", pool("after a mistake")).expect(201);
    }

    @Test
    void aRepeatedDeletionIsAnsweredAsTheFirst() {
        var pool = estate.sharedPool();

        assertThat(send("DELETE", "/pools/" + pool, null).status()).isEqualTo(204);
        assertThat(send("DELETE", "/pools/" + pool, null).status()).isEqualTo(204);
        assertThat(estate.delete("/pools/" + pool).status()).isEqualTo(404);
    }

    @Test
    void storesAnswersSealed() {
        send("POST", "/pools", pool("a name to look for")).expect(201);

        var stored = jdbc.sql("select answer from idempotency_key where key = :key")
                .param("key", key)
                .query((row, n) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.ISO_8859_1))
                .single();
        assertThat(stored).isNotEmpty().doesNotContain("a name to look for");
    }

    @Test
    void refusesKeysThatAreNoneAndKeysForCredentials() {
        for (var bad : List.of("with blank", "x".repeat(256))) {
            var answer = api.send("POST", api.elb("/pools"), pool("x"), Map.of("Idempotency-Key", bad));
            assertThat(answer.expect(400).path("error_msg").asString()).contains("Idempotency-Key");
        }
        var token = api.send("POST", "/identity/v1/tokens", Map.of("token", Map.of()), Map.of("Idempotency-Key", key));
        assertThat(token.status()).isEqualTo(400);
    }
}
