package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Two workers of one zone that share load balancers, one replica each; one of them is lost and comes back. */
class SeveralWorkersTests {

    private static final int PORT = 18_447;
    private static final int LOAD_BALANCERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path homes;

    private static ConfigurableApplicationContext api;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext two;

    @BeforeAll
    static void startAll() throws IOException {
        api = start(
                "api",
                "--evenkeel.roles=api",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8");
        one = startWorker("one");
        two = startWorker("two");
    }

    private static ConfigurableApplicationContext startWorker(String name) throws IOException {
        var database = api.getBean(JdbcConnectionDetails.class);
        return start(
                name,
                "--evenkeel.roles=worker",
                "--evenkeel.worker.id=" + name,
                "--evenkeel.worker.availability-zone=az-1",
                "--evenkeel.worker.replicas-per-zone=1",
                "--evenkeel.worker.lost-after=3s",
                "--evenkeel.worker.event-loops=1",
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
        Stream.of(one, two, api).filter(Objects::nonNull).forEach(ConfigurableApplicationContext::close);
    }

    /** What falls to whom, by the worker's id, with its state before. */
    private static Map<String, Set<String>> shares(Api caller) {
        var shares = new HashMap<String, Set<String>>();
        Estate.rows(caller.get(caller.elb("/workers")).expect(200))
                .forEach(worker -> shares.put(
                        worker.path("state").asString() + " "
                                + worker.path("id").asString(),
                        new HashSet<>(worker.path("loadbalancers").findValuesAsString("id"))));
        return shares;
    }

    @Test
    void shareLoadBalancersAndStandInForEachOther() throws IOException {
        var port = Objects.requireNonNull(((WebServerApplicationContext) api).getWebServer())
                .getPort();
        var caller = new Api("http://127.0.0.1:" + port, TestInstance.PROJECT_ID, TestInstance.TOKEN);
        var estate = Estate.createOnLoopback(caller);
        estate.servers(1);
        var pool = estate.sharedPool();
        estate.member(pool, 1, Map.of("protocol_port", PORT));
        var vips = new ArrayList<String>();
        var all = new HashSet<String>();
        for (int n = 0; n < LOAD_BALANCERS; n++) {
            var vip = estate.cloud().vip(10 + n);
            var loadBalancer =
                    estate.loadBalancer(Map.of("vip_address", vip, "availability_zone_list", List.of("az-1")));
            estate.listener(loadBalancer, PORT, pool);
            vips.add(vip);
            all.add(loadBalancer);
        }
        try (var _ = new Backend("served", estate.cloud().address(1), PORT)) {
            allAnswer(vips);
            var before = shares(caller);
            assertThat(before).containsOnlyKeys("live one", "live two");
            assertThat(before.get("live one")).isNotEmpty().doesNotContainAnyElementsOf(before.get("live two"));
            assertThat(before.get("live two")).isNotEmpty();
            assertThat(before.values().stream().mapToInt(Set::size).sum()).isEqualTo(LOAD_BALANCERS);

            one.close();

            allAnswer(vips);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shares(caller)).containsEntry("live two", all));

            one = startWorker("one");

            allAnswer(vips);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shares(caller)).isEqualTo(before));
            allAnswer(vips);
        }
    }

    private static void allAnswer(List<String> vips) {
        vips.forEach(vip -> await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("http://" + vip + ":" + PORT + "/")).isEqualTo("served")));
    }

    private static String get(String url) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
