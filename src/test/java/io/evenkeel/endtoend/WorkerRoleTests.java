package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker apart from the API, over the API's database. Both are started here, each with a home of its own. */
class WorkerRoleTests {

    private static final int PORT = 18_443;

    @TempDir
    private static Path homes;

    private static ConfigurableApplicationContext api;
    private static ConfigurableApplicationContext worker;

    @BeforeAll
    static void startBoth() throws IOException {
        api = start(
                "api",
                "--evenkeel.roles=api",
                "--server.port=0",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8");
        var database = api.getBean(JdbcConnectionDetails.class);
        worker = start(
                "worker",
                "--evenkeel.roles=worker",
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
    static void stopBoth() {
        Stream.of(worker, api).filter(Objects::nonNull).forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void servesWhatIsConfiguredThroughTheApiOfAnotherProcess() throws IOException {
        var port = Objects.requireNonNull(((WebServerApplicationContext) api).getWebServer())
                .getPort();
        var caller = new Api("http://127.0.0.1:" + port, TestInstance.PROJECT_ID, TestInstance.TOKEN);
        var estate = Estate.createOnLoopback(caller);
        estate.servers(1);
        var vip = estate.cloud().vip(10);
        var loadBalancer = estate.loadBalancer(Map.of("vip_address", vip));
        var pool = estate.poolOf(loadBalancer);
        try (var _ = new Backend("served", estate.cloud().address(1), PORT)) {
            estate.member(pool, 1, Map.of("protocol_port", PORT));
            estate.listener(loadBalancer, PORT, pool);
            await().untilAsserted(() ->
                    assertThat(get("http://" + vip + ":" + PORT + "/")).isEqualTo("served"));
            await().untilAsserted(() ->
                    assertThat(get(management(worker) + "/vips/" + vip)).contains("\"serving\":true"));
            assertThat(get(management(api) + "/vips/" + vip)).contains("NO_WORKER");
        }
    }

    @Test
    void listensForManagementAlone() {
        assertThat(Objects.requireNonNull(((WebServerApplicationContext) worker).getWebServer())
                        .getPort())
                .isEqualTo(-1);
        assertThat(get(management(worker) + "/actuator/health/readiness")).contains("UP");
    }

    @Test
    void keepsNoApiAndNoEntities() {
        assertThat(List.of(worker.getBeanDefinitionNames()))
                .contains("workerLifecycle")
                .doesNotContain("entityManagerFactory", "loadBalancerController", "elbApi");
        assertThat(List.of(api.getBeanDefinitionNames()))
                .contains("entityManagerFactory", "loadBalancerController", "elbApi")
                .doesNotContain("workerLifecycle");
    }

    @Test
    void isRefusedWithADatabaseOfItsOwn() {
        assertThatThrownBy(() -> start("lonely", "--evenkeel.roles=worker"))
                .hasMessageContaining("spring.datasource.url");
    }

    private static String management(ConfigurableApplicationContext process) {
        return "http://127.0.0.1:" + process.getEnvironment().getRequiredProperty("local.management.port");
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
