package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.HonestClients.Measured;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.testing.Placement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ./mvnw -Phostile verify}: a worker of 128 MiB under attack, while others ask at a steady pace. Its memory stays
 * bounded, the others' 99th percentile within what it is without the attack, none of their requests fails, and who is
 * slow is thrown out. {@code target/hostile-clients.md} has the figures; how they are made is in
 * {@code docs/hostile-clients.md}. {@code -Dhostile.seconds} is the time of a phase, {@code -Dhostile.crowd} a part
 * of the name of those to come.
 */
@Tag("hostile")
class HostileClientsTests {

    private static final Duration PHASE = Duration.ofSeconds(Integer.getInteger("hostile.seconds", 4));
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(40);
    private static final int ROUNDS = 3;
    private static final long MAX_HEAP = 64 << 20;
    // Three quarters of what there is: half for heads and requests, a quarter for answers; and what the JDK takes.
    private static final long MAX_OUTSIDE = 100 << 20;
    // Heap, as much outside it, what the JDK takes for itself, and what TLS does.
    private static final long MAX_RESIDENT = 512 << 20;

    @TempDir
    private static Path home;

    private static Placement placement;
    private static MemberProcess web;
    private static UdpServer names;
    private static WorkerChild worker;
    private static HonestClients others;

    @BeforeAll
    static void start() throws IOException {
        placement = Placement.find();
        web = MemberProcess.start(placement, home);
        names = UdpServer.named("names");
        worker = WorkerChild.start(
                home,
                List.of("-Xmx128m", "-D" + WorkerProcess.WITH_HTTP_2 + "=true"),
                web.port(),
                names.address().getPort(),
                CLIENT_TIMEOUT);
        others = new HonestClients(placement, home, worker);
        placement.place(worker.pid());
        others.warmUp(PHASE);
        HostileFigures.head(placement.mayGoFirst());
    }

    @AfterAll
    static void stop() throws IOException {
        worker.close();
        names.close();
        web.close();
    }

    static Stream<HostileAttack> crowds() {
        return Stream.<HostileAttack>concat(HostilePlan.all(), HostileFlood.all())
                .filter(attack -> attack.name().contains(System.getProperty("hostile.crowd", "")));
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void withstandsACrowd(HostileAttack attack) throws IOException {
        var figures = new HostileFigures(attack.name());
        var phase = PHASE.dividedBy(attack.timeDivisor());
        for (int round = 1; round <= ROUNDS; round++) {
            try (var crowd = HostileCrowd.gather(placement, attack, worker)) {
                var quiet = others.ask(phase);
                var usedBefore = worker.processorTime();
                crowd.attack();
                var attacked = others.ask(phase);
                long used = worker.processorTime().minus(usedBefore).toMillis();
                figures.add(quiet, attacked, worker.memory());
                assertThat(worker.resident()).as("all of its memory").isLessThan(MAX_RESIDENT);
                int thrownOut = crowd.fallSilent();
                if (round == ROUNDS) {
                    awaitNobody("those whom it is to end");
                    figures.remark("%d thrown out, %d %% of a processor, %d MiB resident"
                            .formatted(thrownOut, 100 * used / phase.toMillis(), worker.resident() >> 20));
                }
            }
            awaitNobody("those who went");
        }
        judge(figures);
    }

    static Stream<List<String>> slowhttptest() {
        return Stream.of(
                        List.of("slow headers", "-H", "-i", "2", "-x", "24"),
                        List.of("slow bodies", "-B", "-i", "2", "-s", "65536", "-x", "10"),
                        List.of("ranges", "-R", "-a", "10", "-b", "3000"),
                        List.of("slow reading", "-X", "-w", "10", "-y", "20", "-n", "2", "-z", "10", "-k", "3"))
                .filter(mode -> ("slowhttptest, " + mode.getFirst()).contains(System.getProperty("hostile.crowd", "")));
    }

    @ParameterizedTest
    @MethodSource
    void slowhttptest(List<String> mode) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/slowhttptest")), "needs slowhttptest");
        var figures = new HostileFigures("slowhttptest, " + mode.getFirst());
        for (int round = 1; round <= ROUNDS; round++) {
            var quiet = others.ask(PHASE);
            var log = home.resolve("slowhttptest.log");
            var tool = slowhttptest(mode, log);
            figures.add(quiet, others.ask(PHASE), worker.memory());
            tool.onExit().join();
            awaitNobody("those of slowhttptest");
            figures.remark(lastWords(log));
        }
        judge(figures);
    }

    private static Process slowhttptest(List<String> mode, Path log) throws IOException {
        var path = mode.contains("-X") ? "/large" : "/";
        var command = Stream.of(
                        Stream.of("/usr/bin/slowhttptest"),
                        mode.stream().skip(1),
                        Stream.of("-c", "1000", "-r", "400", "-p", "3", "-l", Long.toString(PHASE.toSeconds())),
                        Stream.of("-u", "http://" + worker.vip + ":" + WorkerChild.PORT + path))
                .flatMap(words -> words)
                .toList();
        return new ProcessBuilder(placement.besideLoop(Placement.Rank.ATTACKERS, command))
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

    private static void awaitNobody(String who) {
        await().atMost(UNTIL_ENDED)
                .untilAsserted(
                        () -> assertThat(worker.count(Count.OPEN)).as(who).isZero());
    }

    private static void judge(HostileFigures figures) throws IOException {
        figures.write();
        assertThat(figures.maxHeap()).as("heap after a collection").isLessThan(MAX_HEAP);
        assertThat(figures.maxOutside()).as("memory outside the heap").isLessThan(MAX_OUTSIDE);
        assertThat(figures.failures()).as("failed requests of others").isZero();
        assertWithin("on kept connections", figures.quiet(Measured::kept), figures.attacked(Measured::kept));
        assertWithin("on new connections", figures.quiet(Measured::anew), figures.attacked(Measured::anew));
    }

    private static void assertWithin(String where, long quiet, long attacked) {
        assertThat(attacked)
                .as("p99 of others %s, in µs; %d without the attack", where, quiet)
                .isLessThanOrEqualTo(Math.max(2 * quiet, HostileFigures.UNNOTICED_MICROS));
    }
}
