package io.evenkeel.topology.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.LiveWorkers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The generations that writes tell, and what the worker of the tested instance says of them. */
@EvenkeelTest
class ReceiptTests {

    private static final int PORT = 18_620;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;

    @BeforeEach
    void createEstate() {
        estate = Estate.createOnLoopback(api);
        LiveWorkers.onlyTheReal(jdbc);
    }

    private static Optional<String> header(Api.Answer answer, String name) {
        return answer.raw().headers().firstValue(name);
    }

    private static String told(Api.Answer answer) {
        return header(answer, "X-Elb-Generation").orElse("none") + " of "
                + header(answer, "X-Elb-Generation-Of").orElse("none");
    }

    private long generation(String table, String id) {
        return jdbc.sql("select generation from " + table + " where id = :id")
                .param("id", UUID.fromString(id))
                .query(Long.class)
                .single();
    }

    private static String id(Api.Answer answer, String kind) {
        return answer.expect(201).path(kind).path("id").asString();
    }

    private JsonNode receipts(String path) {
        return api.get(api.elb(path + "/receipts?wait=10s")).expect(200).path("receipts");
    }

    @Test
    void everyWriteTellsTheGenerationOfWhatItIsAbout() {
        var made = estate.postLoadBalancer(Map.of());
        var loadBalancer = id(made, "loadbalancer");
        assertThat(told(made)).isEqualTo("1 of loadbalancers/" + loadBalancer);

        var listener = estate.postListener(loadBalancer, "HTTP", PORT, Map.of());
        assertThat(told(listener)).isEqualTo("2 of loadbalancers/" + loadBalancer);

        var pool = estate.postPool(
                Map.of("type", "instance", "vpc_id", estate.cloud().vpcId()));
        var poolId = id(pool, "pool");
        assertThat(told(pool)).isEqualTo("1 of pools/" + poolId);

        estate.servers(1);
        var member = estate.postMember(poolId, 1, Map.of());
        assertThat(told(member)).isEqualTo(generation("pool", poolId) + " of pools/" + poolId);

        var bound = estate.bind(id(listener, "listener"), poolId);
        assertThat(told(bound))
                .isEqualTo(generation("load_balancer", loadBalancer) + " of loadbalancers/" + loadBalancer);

        var gone = estate.delete("/pools/" + poolId + "/members/" + id(member, "member"));
        assertThat(gone.status()).isEqualTo(204);
        assertThat(told(gone)).isEqualTo(generation("pool", poolId) + " of pools/" + poolId);
    }

    @Test
    void aWriteThatChangesNothingTellsTheGenerationThatIs() {
        var loadBalancer = estate.loadBalancer(Map.of("name", "same"));
        var listener = estate.listener(loadBalancer, "HTTP", PORT, Map.of("name", "also"));
        var same = estate.change("/listeners/" + listener, "listener", Map.of("name", "also"));
        assertThat(told(same)).isEqualTo("2 of loadbalancers/" + loadBalancer);
        var pool = estate.sharedPool();
        assertThat(told(estate.change("/pools/" + pool, "pool", Map.of("name", ""))))
                .isEqualTo("1 of pools/" + pool);
    }

    @Test
    void aWriteThatIsAboutOthersTellsAllThatItAdvanced() {
        var group = estate.create(
                "/ipgroups", "ipgroup", Map.of("name", "g", "ip_list", List.of(Map.of("ip", "192.0.2.1"))));
        var access = Map.of("ipgroup", Map.of("ipgroup_id", group, "type", "white", "enable_ipgroup", true));
        var first = estate.loadBalancer();
        var second = estate.loadBalancer();
        estate.listener(first, "HTTP", PORT, access);
        estate.listener(second, "HTTP", PORT, access);
        var changed =
                estate.change("/ipgroups/" + group, "ipgroup", Map.of("ip_list", List.of(Map.of("ip", "192.0.2.2"))));
        changed.expect(200);
        assertThat(header(changed, "X-Elb-Generation")).contains("3, 3");
        assertThat(header(changed, "X-Elb-Generation-Of").orElse("").split(", "))
                .containsExactlyInAnyOrder("loadbalancers/" + first, "loadbalancers/" + second);
        assertThat(told(estate.change("/ipgroups/" + group, "ipgroup", Map.of("name", "g"))))
                .isEqualTo("none of none");
    }

    @Test
    void aDryRunTellsNoGenerationAndARepetitionTheSame() {
        var body = Map.of(
                "pool",
                Map.of(
                        "protocol",
                        "HTTP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "type",
                        "instance",
                        "vpc_id",
                        estate.cloud().vpcId()));
        assertThat(told(api.post(api.elb("/pools?dry_run=true"), body))).isEqualTo("none of none");
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var once = api.send("POST", api.elb("/pools?wait=10s"), body, key);
        var again = api.send("POST", api.elb("/pools?wait=10s"), body, key);
        assertThat(header(again, "Idempotency-Replayed")).contains("true");
        assertThat(told(again)).isEqualTo(told(once)).startsWith("1 of pools/");
        assertThat(header(once, "X-Elb-Serving")).contains("true");
        assertThat(header(again, "X-Elb-Serving")).contains("true");
    }

    @Test
    void waitsUntilTheWorkerServes() {
        var loadBalancer =
                estate.loadBalancer(Map.of("vip_address", estate.cloud().vip(10)));
        var answer = api.post(
                api.elb("/listeners?wait=10s"),
                Map.of("listener", Map.of("loadbalancer_id", loadBalancer, "protocol", "HTTP", "protocol_port", PORT)));
        answer.expect(201);
        assertThat(header(answer, "X-Elb-Serving")).contains("true");
        assertThat(answer.body().has("warnings")).isFalse();

        var receipts = api.get(api.elb("/loadbalancers/" + loadBalancer + "/receipts"))
                .expect(200)
                .path("receipts");
        assertThat(receipts.path("generation").asLong()).isEqualTo(2);
        assertThat(receipts.path("served").asBoolean()).isTrue();
        var worker = ofTheReal(receipts);
        assertThat(worker.path("availability_zone").asString()).isEqualTo("az-1");
        assertThat(worker.path("state").asString()).isEqualTo("SERVING");
        assertThat(worker.path("generation_desired").asLong()).isEqualTo(2);
        assertThat(worker.path("generation_applied").asLong()).isEqualTo(2);
        assertThat(worker.path("generation_serving").asLong()).isEqualTo(2);
        assertThat(worker.path("serving_since").asString()).endsWith("Z");
        assertThat(worker.path("rejected")).isEmpty();
    }

    private static JsonNode ofTheReal(JsonNode receipts) {
        return receipts.path("workers")
                .valueStream()
                .filter(worker -> worker.path("live").asBoolean())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void waitsForADeletionToo() {
        var pool = estate.sharedPool();
        receipts("/pools/" + pool);
        var deleted = api.delete(api.elb("/pools/" + pool + "?wait=10s"));
        deleted.expect(204);
        assertThat(told(deleted)).isEqualTo("3 of pools/" + pool);
        assertThat(header(deleted, "X-Elb-Serving")).contains("true");
        assertThat(header(deleted, "X-Elb-Warnings")).isEmpty();
        assertThat(api.get(api.elb("/pools/" + pool + "/receipts")).status()).isEqualTo(404);
    }

    @Test
    void saysWhatIsMissingAndWhyWhenTheTimeIsOver() {
        var elsewhere = Estate.create(api);
        var loadBalancer = elsewhere.loadBalancer();
        var answer = api.post(
                api.elb("/listeners?wait=1s"),
                Map.of("listener", Map.of("loadbalancer_id", loadBalancer, "protocol", "TCP", "protocol_port", PORT)));
        answer.expect(201);
        assertThat(header(answer, "X-Elb-Serving")).contains("false");
        assertThat(answer.body().path("warnings").valueStream()).anySatisfy(warning -> {
            assertThat(warning.path("code").asString()).isEqualTo("NOT_SERVING_YET");
            assertThat(warning.path("message").asString())
                    .startsWith("Generation 2 of loadbalancer " + loadBalancer + ": Worker ");
        });
        await().untilAsserted(() -> {
            var receipts = api.get(api.elb("/loadbalancers/" + loadBalancer + "/receipts"))
                    .expect(200)
                    .path("receipts");
            assertThat(receipts.path("served").asBoolean()).isFalse();
            var worker = ofTheReal(receipts);
            assertThat(worker.path("state").asString()).isEqualTo("STANDBY");
            assertThat(worker.path("generation_applied").asLong()).isEqualTo(2);
            var rejected = worker.path("rejected").path(0);
            assertThat(rejected.path("resource_type").asString()).isEqualTo("listener");
            assertThat(rejected.path("resource_id").asString())
                    .isEqualTo(answer.body().path("listener").path("id").asString());
            assertThat(rejected.path("reason").asString()).isEqualTo("ADDRESS_NOT_AVAILABLE");
            assertThat(rejected.path("message").asString()).isNotEmpty();
            assertThat(rejected.path("since").asString()).endsWith("Z");
        });
    }

    @Test
    void aWriteThatFailsWaitsForNothing() {
        var answer = api.put(api.elb("/pools/" + UUID.randomUUID() + "?wait=60s"), Map.of("pool", Map.of("name", "x")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(header(answer, "X-Elb-Serving")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wait=0s", "wait=61s", "wait=5", "wait=5m", "wait=-1s", "wait=", "wait=1.5s", "wait=1s&wait=2s"})
    void refusesOtherTimes(String query) {
        var pool = estate.sharedPool();
        var read = api.get(api.elb("/pools/" + pool + "/receipts?" + query));
        assertThat(read.status()).isEqualTo(400);
        assertThat(read.body().path("error_msg").asString()).contains("'wait'");
        var write = api.put(api.elb("/pools/" + pool + "?" + query), Map.of("pool", Map.of("name", "never")));
        assertThat(write.status()).isEqualTo(400);
        assertThat(write.body().path("error_msg").asString()).contains("'wait'");
        assertThat(generation("pool", pool)).isEqualTo(1);
    }

    @Test
    void refusesToWaitForADryRun() {
        var pool = estate.sharedPool();
        var answer =
                api.put(api.elb("/pools/" + pool + "?dry_run=true&wait=1s"), Map.of("pool", Map.of("name", "never")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error_msg").asString()).contains("'wait'");
    }

    @Test
    void doesNotKnowWhatIsNotThere() {
        for (var path : List.of("/loadbalancers/", "/pools/")) {
            assertThat(api.get(api.elb(path + UUID.randomUUID() + "/receipts")).status())
                    .isEqualTo(404);
        }
    }
}
