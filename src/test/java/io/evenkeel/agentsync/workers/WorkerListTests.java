package io.evenkeel.agentsync.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.status.StatusRecorder;
import io.evenkeel.status.worker.WorkerFacts;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is told of workers: this instance's own, which runs in az-1, and others that are only rows. */
@EvenkeelTest
class WorkerListTests {

    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    @Autowired
    Api api;

    @Autowired
    StatusRecorder recorder;

    @Autowired
    JdbcClient jdbc;

    private final String other = "other-" + UUID.randomUUID();

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id = ?").param(other).update();
    }

    private List<JsonNode> workers(String query) {
        return Estate.rows(api.get(api.elb("/workers" + query)).expect(200));
    }

    private JsonNode otherWorker() {
        return workers("").stream()
                .filter(worker -> worker.path("id").asString().equals(other))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> loadBalancers(JsonNode worker) {
        return worker.path("loadbalancers").findValuesAsString("id");
    }

    private void isSilentFor(int seconds) {
        jdbc.sql("update worker set heartbeat_at = now() - cast(? as integer) * interval '1 second' where id = ?")
                .params(seconds, other)
                .update();
    }

    @Test
    void tellsWhatAWorkerTellsOfItself() {
        recorder.heartbeat(new WorkerFacts(other, "az-2", 3, STARTED), "811:811:");

        var worker = otherWorker();

        assertThat(worker.path("availability_zone").asString()).isEqualTo("az-2");
        assertThat(worker.path("replicas_per_zone").asInt()).isEqualTo(3);
        assertThat(worker.path("started_at").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(worker.path("watermark").asString()).isEqualTo("811:811:");
        assertThat(worker.path("state").asString()).isEqualTo("live");
    }

    @Test
    void tellsWhoIsLateAndWhoIsGone() {
        recorder.heartbeat(other, null, "1:1:");
        assertThat(otherWorker().path("availability_zone").isNull()).isTrue();
        assertThat(otherWorker().path("replicas_per_zone").isNull()).isTrue();

        isSilentFor(11);
        assertThat(otherWorker().path("state").asString()).isEqualTo("late");
        isSilentFor(61);
        assertThat(otherWorker().path("state").asString()).isEqualTo("gone");
        assertThat(otherWorker().path("loadbalancers")).isEmpty();
    }

    @Test
    void tellsWhichLoadBalancersFallToEach() {
        var estate = Estate.create(api);
        var inBoth = estate.loadBalancer();
        var inTwo = estate.loadBalancer(Map.of("availability_zone_list", List.of("az-2")));
        recorder.heartbeat(other, "az-2", "1:1:");

        assertThat(loadBalancers(otherWorker())).contains(inBoth, inTwo);
        await().untilAsserted(() -> assertThat(workers("?loadbalancer_id=" + inBoth))
                .extracting(worker -> worker.path("availability_zone").asString())
                .containsExactlyInAnyOrder("az-1", "az-2"));
        assertThat(workers("?loadbalancer_id=" + inTwo))
                .singleElement()
                .satisfies(worker -> assertThat(worker.path("id").asString()).isEqualTo(other));

        isSilentFor(61);
        assertThat(workers("?loadbalancer_id=" + inTwo))
                .as("nobody else is in its zone")
                .singleElement()
                .satisfies(worker ->
                        assertThat(worker.path("availability_zone").asString()).isEqualTo("az-1"));
    }

    @Test
    void tellsOnlyOfTheProjectsOwnLoadBalancers() {
        var foreign = Estate.create(api).loadBalancer();
        var project = api.post("/identity/v1/projects", Map.of("project", Map.of("name", "workers")))
                .expect(201)
                .at("/project/id")
                .asString();
        var token = Map.of("project_id", project, "role", "reader", "description", "test");
        var reader = api.as(
                project,
                api.post("/identity/v1/tokens", Map.of("token", token))
                        .expect(201)
                        .at("/token/token")
                        .asString());

        var seen = Estate.rows(reader.get(reader.elb("/workers")).expect(200));

        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(worker -> assertThat(worker.path("loadbalancers")).isEmpty());
        assertThat(Estate.rows(reader.get(reader.elb("/workers?loadbalancer_id=" + foreign))
                        .expect(200)))
                .isEmpty();
    }

    @Test
    void refusesQueriesThatItDoesNotKnow() {
        assertThat(api.get(api.elb("/workers?limit=1")).status()).isEqualTo(400);
    }
}
