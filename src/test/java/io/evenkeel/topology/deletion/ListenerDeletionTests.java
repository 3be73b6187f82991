package io.evenkeel.topology.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Listeners that go although a pool stands behind them: one, or several at once. */
@EvenkeelTest
class ListenerDeletionTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer;

    @BeforeEach
    void makeLoadBalancer() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer();
    }

    private Api.Answer batch(Object ids) {
        return api.post(api.elb("/listeners/batch-delete"), Map.of("listener_ids", ids));
    }

    private int status(String listener) {
        return api.get(api.elb("/listeners/" + listener)).status();
    }

    private long generation(String table, String id) {
        return jdbc.sql("select generation from " + table + " where id = :id")
                .param("id", UUID.fromString(id))
                .query(Long.class)
                .single();
    }

    @Test
    void oneGoesByForceAndItsPoolStays() {
        var pool = estate.poolOf(loadBalancer);
        estate.servers(1);
        estate.member(pool, 1);
        var listener = estate.listener(loadBalancer, 80, pool);
        long ofLoadBalancer = generation("load_balancer", loadBalancer);
        long ofPool = generation("pool", pool);
        assertThat(estate.delete("/listeners/" + listener).status()).isEqualTo(409);

        estate.delete("/listeners/" + listener + "/force").expect(204);

        assertThat(status(listener)).isEqualTo(404);
        assertThat(estate.show("/pools/" + pool).get("listeners")).isEmpty();
        assertThat(estate.show("/pools/" + pool).get("members")).hasSize(1);
        assertThat(generation("load_balancer", loadBalancer)).isEqualTo(ofLoadBalancer + 1);
        assertThat(generation("pool", pool)).isEqualTo(ofPool + 1);
        assertThat(estate.delete("/listeners/" + listener + "/force").status()).isEqualTo(404);
        estate.listener(loadBalancer, 80, pool);
    }

    @Test
    void policiesGoByForceAndTheirPoolsStay() {
        var pool = estate.sharedPool();
        var listener = estate.listener(loadBalancer, "HTTP", 80, Map.of());
        var policy = estate.policy(listener, "/a", pool);
        assertThat(estate.delete("/listeners/" + listener)
                        .expect(409)
                        .get("error_msg")
                        .asString())
                .contains(policy);
        long ofPool = generation("pool", pool);

        estate.delete("/listeners/" + listener + "/force").expect(204);

        assertThat(api.get(api.elb("/l7policies/" + policy)).status()).isEqualTo(404);
        assertThat(estate.show("/pools/" + pool).get("listeners")).isEmpty();
        assertThat(generation("pool", pool)).isGreaterThan(ofPool);
        var batched = estate.listener(loadBalancer, "HTTP", 80, Map.of());
        estate.policy(batched, "/a", pool);
        var job = batch(List.of(batched)).expect(202).get("job_id").asString();
        assertThat(estate.show("/jobs/" + job).get("job_type").asString()).isEqualTo("BATCH_DELETE_LISTENER");
        assertThat(estate.show("/pools/" + pool).get("listeners")).isEmpty();
    }

    @Test
    void severalGoTogether() {
        var other = estate.loadBalancer();
        var pool = estate.sharedPool();
        var listeners = List.of(
                estate.listener(loadBalancer, 80, pool),
                estate.listener(other, 80, pool),
                estate.listener(loadBalancer, "TCP", 81, Map.of()));
        long ofPool = generation("pool", pool);

        var answer = batch(listeners).expect(202);

        assertThat(answer.get("listener_ids").valueStream().map(id -> id.asString()))
                .containsExactlyElementsOf(listeners);
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(status(listener)).isEqualTo(404));
        assertThat(estate.show("/pools/" + pool).get("listeners")).isEmpty();
        assertThat(generation("pool", pool)).isEqualTo(ofPool + 1);
    }

    @Test
    void allGoOrNone() {
        var there = estate.listener(loadBalancer, "TCP", 80, Map.of());
        long before = generation("load_balancer", loadBalancer);
        for (var missing : List.of("0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999", "nonsense")) {
            var refused = batch(List.of(there, missing));

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.body().get("error_msg").asString())
                    .isEqualTo("listener_ids[1]: listener " + missing + " could not be found.");
        }
        assertThat(status(there)).isEqualTo(200);
        assertThat(generation("load_balancer", loadBalancer)).isEqualTo(before);
        batch(List.of(there, there)).expect(202);
    }

    @Test
    void atMostTenGoAtOnce() {
        assertThat(batch(Collections.nCopies(11, UUID.randomUUID())).status()).isEqualTo(400);
        assertThat(batch(List.of()).status()).isEqualTo(400);
        assertThat(api.post(api.elb("/listeners/batch-delete"), Map.of()).status())
                .isEqualTo(400);
    }

    @Test
    void thoseOfOtherProjectsAreUnknown() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var listener = estate.listener(loadBalancer, "TCP", 80, Map.of());
        var foreign = "/v3/another-project/elb/listeners/";

        assertThat(api.delete(foreign + listener + "/force").status()).isEqualTo(404);
        assertThat(api.post(foreign + "batch-delete", Map.of("listener_ids", List.of(listener)))
                        .status())
                .isEqualTo(404);
        assertThat(status(listener)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void meetBindingsAndPoolDeletesWithoutADeadlock(int seed) {
        var first = estate.sharedPool();
        var second = estate.sharedPool();
        var other = estate.loadBalancer();
        var one = estate.listener(loadBalancer, 80, first);
        var two = estate.listener(other, 80, second);
        new Race(jdbc)
                .with(Race.call(() -> batch(List.of(two, one)), "202", "404 listener"))
                .with(Race.call(() -> estate.delete("/listeners/" + one + "/force"), "204", "404 listener"))
                .with(Race.call(() -> estate.bind(one, second), "200", "404"))
                .with(Race.call(() -> estate.bind(two, first), "200", "404"))
                .with(Race.call(() -> estate.delete("/pools/" + first), "204", "409 is used by a listener"))
                .with(Race.call(() -> estate.delete("/pools/" + second), "204", "409 is used by a listener"))
                .run(seed);

        assertThat(status(one)).isEqualTo(404);
    }

    /** Set is not the same as served: what no worker acts on yet is said in the answer, attribute by attribute. */
    @Test
    void settingsWithoutEffectAreNamed() {
        var answer = estate.postListener(
                        loadBalancer,
                        "HTTP",
                        80,
                        Map.of(
                                "gzip_enable",
                                true,
                                "cps",
                                10,
                                "connection",
                                10,
                                "insert_headers",
                                Map.of("X-Forwarded-Port", true, "X-Real-IP-alias", "X-Client")))
                .expect(201);
        var id = answer.get("listener").get("id").asString();

        assertThat(answer.get("warnings")
                        .valueStream()
                        .filter(warning -> warning.get("code").asString().equals("NOT_IN_EFFECT"))
                        .map(warning -> warning.get("message").asString()))
                .containsExactly(
                        "insert_headers.X-Real-IP-alias of listener %s is kept, but workers do not act on it yet"
                                .formatted(id));
        var harmless = estate.change("/listeners/" + id, "listener", Map.of("gzip_enable", false, "cps", 0))
                .expect(200);
        assertThat(harmless.get("warnings").toString()).doesNotContain("gzip_enable", "cps");
    }
}
