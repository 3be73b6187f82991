package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.HonestClients.Measured;
import io.evenkeel.dataplane.HostileCrowd.Plan;
import io.evenkeel.dataplane.WorkerChild.Memory;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.udp.UdpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ./mvnw -Phostile verify}: a worker of 128 MiB under attack, while others ask at a steady pace. Its memory stays
 * bounded, the others' 99th percentile within twice what it was just before, none of their requests fails, and who is
 * slow is thrown out. {@code target/hostile-clients.md} has the figures. Wants a machine that does nothing else;
 * {@code -Dhostile.seconds} is the time of each attack, {@code -Dhostile.crowd} a part of the name of those to come.
 */
@Tag("hostile")
class HostileClientsTests {

    private static final Duration ATTACK = Duration.ofSeconds(Integer.getInteger("hostile.seconds", 10));
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(40);
    private static final int ROUNDS = 3;
    private static final long MAX_HEAP = 64 << 20;
    // Three quarters of what there is: half for heads and requests, a quarter for answers; and what the JDK takes.
    private static final long MAX_OUTSIDE = 100 << 20;
    private static final Path FIGURES = Path.of("target", "hostile-clients.md");
    private static final byte[] SMALL_ANSWER = answer(2);
    private static final byte[] LARGE_ANSWER = answer(1 << 20);

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    private Path home;

    private TestBackend web;
    private UdpServer names;
    private WorkerChild worker;

    @BeforeEach
    void start() throws IOException {
        web = new TestBackend(HostileClientsTests::serve);
        names = UdpServer.named("names");
        worker = WorkerChild.start(
                home, List.of("-Xmx128m"), web.port(), names.address().getPort(), CLIENT_TIMEOUT);
        warmUp();
    }

    private void warmUp() throws IOException {
        try {
            HonestClients.ask(worker, QUIET);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws IOException {
        worker.close();
        names.close();
        web.close();
    }

    /** {@code /large} gets 1 MiB, everything else two bytes; a body is waited for. */
    private static void serve(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (var head = TestBackend.head(in); head != null; head = TestBackend.head(in)) {
            if (head.getFirst().startsWith("POST")) {
                in.transferTo(Writer.nullWriter());
            }
            socket.getOutputStream().write(head.getFirst().contains(" /large ") ? LARGE_ANSWER : SMALL_ANSWER);
        }
    }

    private static byte[] answer(int size) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Plan> crowds() {
        var all = Stream.of(
                new Plan("heads of 9 KiB that never end", 3_000, 200, HEAD + "x".repeat(9_000), "x", true),
                new Plan("heads one byte short of 32 KiB", 1_000, 100, head(32_768 - 1), "", true),
                new Plan("endless heads", 300, 50, HEAD, "x".repeat(1_000), true),
                new Plan("endless chunk extensions", 100, 20, CHUNKED + "1;a=", "x".repeat(1_000), true),
                new Plan("endless trailers", 300, 50, CHUNKED + "0\r\n", "X: " + "x".repeat(500) + "\r\n", true),
                new Plan("chunks of one byte", 300, 50, CHUNKED, "1\r\nx\r\n", true),
                new Plan(
                        "bodies of ten bytes a second",
                        500,
                        50,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n",
                        "x",
                        true),
                new Plan("requests without reading the answers", 200, 5, GET.repeat(100), GET, false),
                new Plan(
                        "large answers that nobody reads",
                        1_000,
                        20,
                        "GET /large HTTP/1.1\r\nHost: a\r\n\r\n",
                        "",
                        false),
                new Plan("connections without a word", 8_000, 500, "", "", true),
                new Plan("garbage", 200, 20, "\u0016\u0003\u0001\n\n\n", "", true));
        return all.filter(plan -> plan.name().contains(System.getProperty("hostile.crowd", "")));
    }

    private static String head(int size) {
        return HEAD + "x".repeat(size - HEAD.length());
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void withstandsACrowd(Plan plan) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            var quiet = HonestClients.ask(worker, QUIET);
            try (var crowd = HostileCrowd.start(plan, worker)) {
                var attacked = HonestClients.ask(worker, ATTACK);
                var memory = worker.memory();
                crowd.fallSilent();
                await().atMost(UNTIL_ENDED)
                        .untilAsserted(() -> assertThat(worker.count(Count.OPEN))
                                .as("connections that are not ended")
                                .isZero());
                if (holds(plan.name(), round, quiet, attacked, memory, crowd.thrownOut() + " thrown out")) {
                    return;
                }
            }
        }
    }

    static Stream<List<String>> slowhttptest() {
        return Stream.of(
                List.of("slow headers", "-H", "-i", "2", "-x", "24"),
                List.of("slow bodies", "-B", "-i", "2", "-s", "65536", "-x", "10"),
                List.of("ranges", "-R", "-a", "10", "-b", "3000"),
                List.of("slow reading", "-X", "-w", "10", "-y", "20", "-n", "2", "-z", "10", "-k", "3"));
    }

    @ParameterizedTest
    @MethodSource
    void slowhttptest(List<String> mode) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/slowhttptest")), "needs slowhttptest");
        for (int round = 1; round <= ROUNDS; round++) {
            var quiet = HonestClients.ask(worker, QUIET);
            var log = home.resolve("slowhttptest.log");
            var tool = slowhttptest(mode, log);
            var attacked = HonestClients.ask(worker, ATTACK);
            var memory = worker.memory();
            tool.waitFor();
            await().atMost(UNTIL_ENDED)
                    .untilAsserted(() -> assertThat(worker.count(Count.OPEN)).isZero());
            if (holds("slowhttptest, " + mode.getFirst(), round, quiet, attacked, memory, lastWords(log))) {
                return;
            }
        }
    }

    private Process slowhttptest(List<String> mode, Path log) throws IOException {
        var path = mode.contains("-X") ? "/large" : "/";
        var command = Stream.of(
                        Stream.of("/usr/bin/slowhttptest"),
                        mode.stream().skip(1),
                        Stream.of("-c", "1000", "-r", "200", "-p", "3", "-l", Long.toString(ATTACK.toSeconds())),
                        Stream.of("-u", "http://" + worker.vip + ":" + WorkerChild.PORT + path))
                .flatMap(words -> words)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String lastWords(Path log) throws IOException {
        var text = Files.readString(log, StandardCharsets.ISO_8859_1).replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
        return text.lines()
                .filter(line -> line.matches("(closed|service available):.*"))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .reduce((before, after) -> after.startsWith("closed") ? before + ", " + after : after)
                .orElse("");
    }

    /** False when the round does not count: something else may have had the processor. */
    private static boolean holds(
            String attack, int round, Measured quiet, Measured attacked, Memory memory, String remark)
            throws IOException {
        var line = "| %s | %d / %d | %d / %d | %d | %.1f | %.1f | %s |%n"
                .formatted(
                        attack,
                        quiet.p50(),
                        quiet.p99(),
                        attacked.p50(),
                        attacked.p99(),
                        attacked.failures(),
                        memory.heap() / 1048576.0,
                        memory.outside() / 1048576.0,
                        remark);
        Files.writeString(FIGURES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(memory.heap()).as("heap after a collection").isLessThan(MAX_HEAP);
        assertThat(memory.outside()).as("memory outside the heap").isLessThan(MAX_OUTSIDE);
        assertThat(attacked.failures()).as("failed requests of others").isZero();
        boolean isWithin = attacked.p99() <= 2 * quiet.p99();
        assertThat(isWithin || round < ROUNDS)
                .as("p99 of others within twice its quiet value: %s, %s", quiet, attacked)
                .isTrue();
        return isWithin;
    }
}
