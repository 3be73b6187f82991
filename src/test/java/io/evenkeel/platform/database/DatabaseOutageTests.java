package io.evenkeel.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.TestInstance;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An API whose real PostgreSQL stops, or stands still, and comes back. */
class DatabaseOutageTests {

    /** The wait for a connection (application.yaml), and as much again for a machine that is busy. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(6);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static int port;
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext service;
    private static Api api;

    @BeforeAll
    static void start() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        postgres = startPostgres();
        service = SpringApplication.run(
                EvenkeelApplication.class,
                "--evenkeel.home=" + directory.resolve("home"),
                "--evenkeel.roles=api",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--management.server.port=0",
                "--server.port=0",
                "--server.address=127.0.0.1");
        api = new Api(
                "http://127.0.0.1:"
                        + Objects.requireNonNull(((WebServerApplicationContext) service).getWebServer())
                                .getPort(),
                TestInstance.PROJECT_ID,
                TestInstance.TOKEN);
    }

    private static EmbeddedPostgres startPostgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setRegisterShutdownHook(false)
                .setDataDirectory(directory.resolve("postgres"))
                .setOverrideWorkingDirectory(
                        Files.createDirectories(directory.resolve("binaries")).toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPort(port)
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        postgres.close();
    }

    @AfterEach
    void isWellAgain() {
        signal("CONT");
        await().atMost(BACK_WITHIN)
                .untilAsserted(() -> assertThat(list().status()).isEqualTo(200));
    }

    private static Api.Answer list() {
        return api.get(api.elb("/pools"));
    }

    private static Api.Answer create(String name) {
        var pool = Map.of("name", name, "type", "ip", "protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN");
        return api.post(api.elb("/pools"), Map.of("pool", pool));
    }

    private static void assertRefusedAtOnce(Callable<Api.Answer> call) throws Exception {
        long before = System.nanoTime();
        var answer = call.call();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ANSWERED_WITHIN);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(503);
        assertThat(answer.raw().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body().path("error_code").asString()).isEqualTo("ELB.8906");
    }

    private static List<String> names() {
        return list().expect(200).path("pools").findValuesAsString("name");
    }

    @Test
    void refusesReadsAndWritesAtOnceAndGoesOnByItself() throws Exception {
        var kept = create("kept").expect(201).at("/pool/id").asString();
        postgres.close();

        assertRefusedAtOnce(DatabaseOutageTests::list);
        assertRefusedAtOnce(() -> api.get(api.elb("/pools/" + kept)));
        assertRefusedAtOnce(() -> create("lost"));
        assertRefusedAtOnce(() -> api.put(api.elb("/pools/" + kept), Map.of("pool", Map.of("name", "changed"))));
        assertRefusedAtOnce(() -> api.delete(api.elb("/pools/" + kept)));
        assertManyAreRefusedTogether();
        assertThat(liveness()).as("nobody is to restart it for that").isEqualTo(200);

        postgres = startPostgres();

        await().atMost(BACK_WITHIN)
                .untilAsserted(() -> assertThat(create("after").status()).isEqualTo(201));
        assertThat(names()).contains("kept", "after").doesNotContain("lost", "changed");
    }

    /** More than it has connections: those who wait do not wait one behind the other. */
    private static void assertManyAreRefusedTogether() throws Exception {
        var calls = new ArrayList<Callable<Void>>();
        for (int n = 0; n < 100; n++) {
            calls.add(() -> {
                assertRefusedAtOnce(DatabaseOutageTests::list);
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(calls)) {
                done.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** As when the host of the database stops, or the network between: nothing is refused, and nothing answers. */
    @Test
    void refusesAtOnceWhileTheDatabaseIsSilent() throws Exception {
        create("before the silence").expect(201);
        signal("STOP");
        // A connection that was lent a moment ago is lent again unasked.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        assertRefusedAtOnce(DatabaseOutageTests::list);
        assertRefusedAtOnce(() -> create("into the silence"));

        signal("CONT");
        await().atMost(BACK_WITHIN)
                .untilAsserted(
                        () -> assertThat(create("after the silence").status()).isEqualTo(201));
        assertThat(names()).contains("before the silence", "after the silence").doesNotContain("into the silence");
    }

    /** To PostgreSQL and every server process of it. */
    private static void signal(String name) {
        try {
            var pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip();
            var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            var all = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .map(process -> Long.toString(process.pid()));
            var command = Stream.concat(Stream.of("kill", "-" + name), all).toList();
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static int liveness() {
        var management = service.getEnvironment().getRequiredProperty("local.management.port");
        return new Api("http://127.0.0.1:" + management, "", "")
                .get("/actuator/health/liveness")
                .status();
    }
}
