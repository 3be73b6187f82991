package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** An API and two workers over one database. Both are on this host, so that a port which one has is taken for the other. */
class TwoWorkersTests {

    private static final int PORT = 18_630;

    @TempDir
    private static Path homes;

    private static ConfigurableApplicationContext api;
    private static List<ConfigurableApplicationContext> workers = List.of();
    private static Api caller;

    @BeforeAll
    static void startAll() throws IOException {
        api = start(
                "api",
                "--evenkeel.roles=api",
                "--server.port=0",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8");
        var port = Objects.requireNonNull(((WebServerApplicationContext) api).getWebServer())
                .getPort();
        caller = new Api("http://127.0.0.1:" + port, TestInstance.PROJECT_ID, TestInstance.TOKEN);
        workers = List.of(worker("one", "az-1"), worker("two", "az-2"));
    }

    private static ConfigurableApplicationContext worker(String id, String zone) throws IOException {
        var database = api.getBean(JdbcConnectionDetails.class);
        return start(
                id,
                "--evenkeel.roles=worker",
                "--evenkeel.worker.id=" + id,
                "--evenkeel.worker.availability-zone=" + zone,
                "--evenkeel.worker.event-loops=2",
                "--evenkeel.kek=" + Files.readString(homes.resolve("api/kek")).strip(),
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername(),
                "--spring.datasource.password=" + database.getPassword());
    }

    private static ConfigurableApplicationContext start(String name, String... arguments) {
        var always = Stream.of("--evenkeel.home=" + homes.resolve(name), "--management.server.port=0");
        return new SpringApplication(EvenkeelApplication.class)
                .run(Stream.concat(always, Stream.of(arguments)).toArray(String[]::new));
    }

    @AfterAll
    static void stopAll() {
        Stream.concat(workers.stream(), Stream.of(api))
                .filter(Objects::nonNull)
                .forEach(ConfigurableApplicationContext::close);
    }

    private static JsonNode receipts(String path) {
        return caller.get(caller.elb(path + "/receipts")).expect(200).path("receipts");
    }

    private static Set<String> inState(JsonNode receipts, String state) {
        return receipts.path("workers")
                .valueStream()
                .filter(worker -> worker.path("state").asString().equals(state))
                .map(worker -> worker.path("worker_id").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void bothSayWhatTheyServeAndAWriteWaitsForBoth() {
        var estate = Estate.createOnLoopback(caller);
        var pool = estate.sharedPool();
        var named = caller.put(caller.elb("/pools/" + pool + "?wait=20s"), Map.of("pool", Map.of("name", "for both")));
        named.expect(200);
        assertThat(named.raw().headers().firstValue("X-Elb-Serving")).contains("true");
        var receipts = receipts("/pools/" + pool);
        assertThat(receipts.path("served").asBoolean()).isTrue();
        assertThat(inState(receipts, "SERVING")).containsExactlyInAnyOrder("one", "two");
        assertThat(receipts.path("workers")
                        .valueStream()
                        .map(worker -> worker.path("availability_zone").asString()))
                .containsExactlyInAnyOrder("az-1", "az-2");
    }

    @Test
    void aLoadBalancerOfOneZoneIsWaitedForAtTheWorkersOfThatZone() {
        var estate = Estate.createOnLoopback(caller);
        var inOneZone = Map.of("vip_address", estate.cloud().vip(10), "availability_zone_list", List.of("az-2"));
        var loadBalancer = estate.loadBalancer(inOneZone);
        var listener = Map.of("loadbalancer_id", loadBalancer, "protocol", "HTTP", "protocol_port", PORT);
        // One that had not seen the other yet has taken it, and lets it go after half a minute.
        var made = caller.post(caller.elb("/listeners?wait=60s"), Map.of("listener", listener));
        made.expect(201);
        assertThat(made.raw().headers().firstValue("X-Elb-Serving")).contains("true");
        var receipts = receipts("/loadbalancers/" + loadBalancer);
        assertThat(receipts.path("served").asBoolean()).isTrue();
        assertThat(inState(receipts, "SERVING")).containsExactly("two");
        assertThat(receipts.path("workers")
                        .valueStream()
                        .filter(worker -> worker.path("placed").asBoolean())
                        .map(worker -> worker.path("worker_id").asString()))
                .containsExactly("two");
    }

    @Test
    void aPortThatIsTakenOnOneHostShowsExactlyThere() {
        var estate = Estate.createOnLoopback(caller);
        var loadBalancer =
                estate.loadBalancer(Map.of("vip_address", estate.cloud().vip(10)));
        var listener = estate.listener(loadBalancer, "HTTP", PORT, Map.of());
        await().untilAsserted(() -> {
            var receipts = receipts("/loadbalancers/" + loadBalancer);
            assertThat(inState(receipts, "SERVING")).hasSize(1);
            assertThat(inState(receipts, "REJECTED")).hasSize(1);
        });
        var receipts = receipts("/loadbalancers/" + loadBalancer);
        assertThat(receipts.path("served").asBoolean()).isFalse();
        for (var worker : receipts.path("workers")) {
            boolean isRejected = worker.path("state").asString().equals("REJECTED");
            assertThat(worker.path("rejected")).hasSize(isRejected ? 1 : 0);
            if (isRejected) {
                assertThat(worker.at("/rejected/0/reason").asString()).isEqualTo("PORT_IN_USE");
                assertThat(worker.at("/rejected/0/resource_id").asString()).isEqualTo(listener);
                assertThat(worker.path("generation_applied").asLong()).isEqualTo(2);
            }
        }
        var waited = caller.put(
                caller.elb("/listeners/" + listener + "?wait=1s"), Map.of("listener", Map.of("name", "again")));
        waited.expect(200);
        assertThat(waited.raw().headers().firstValue("X-Elb-Serving")).contains("false");
        assertThat(waited.body().path("warnings").valueStream())
                .singleElement()
                .satisfies(warning -> assertThat(warning.path("message").asString())
                        .contains("Worker "
                                + inState(receipts, "REJECTED").iterator().next()));
    }
}
