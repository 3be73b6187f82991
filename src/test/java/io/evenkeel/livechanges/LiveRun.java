package io.evenkeel.livechanges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.livechanges.load.Backend;
import io.evenkeel.livechanges.load.HeldConnections;
import io.evenkeel.livechanges.load.Journal;
import io.evenkeel.livechanges.load.Load;
import io.evenkeel.livechanges.load.Loads;
import io.evenkeel.livechanges.load.Wire;
import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import io.evenkeel.livechanges.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers, load and held connections around a stage while it is changed over and over. */
final class LiveRun {

    private static final Logger log = LoggerFactory.getLogger(LiveRun.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PROGRESS = Duration.ofSeconds(5).toNanos();

    /**
     * How much of everything.
     *
     * @param pause between two changes
     * @param rate a second of each kind of load; 0: four fifths of what is measured first
     */
    record Size(int changes, Duration pause, int clients, double rate, int idle, int streams) {}

    private final Stage stage;
    private final Size size;
    private final Scene scene;
    private final Journal journal = new Journal();
    private final Map<Integer, Backend> backends = new HashMap<>();

    LiveRun(Stage stage, Size size, long seed) {
        this.stage = stage;
        this.size = size;
        scene = new Scene(seed);
        log.info("Seed {}", seed);
    }

    /** Fails with the first failures and the changes under way, if any request or connection was lost. */
    void run() throws IOException, InterruptedException {
        try (stage) {
            for (int server = 1; server <= Scene.SERVERS; server++) {
                backends.put(server, new Backend(stage.address(server), server));
            }
            stage.open(scene);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                for (var front : Front.values()) {
                    Wire.connect(stage.vip(), front).close();
                }
                return name("/").startsWith("server-");
            });
            try (var held = new HeldConnections(stage.vip(), journal, size.idle(), size.streams())) {
                held.awaitStanding();
                try (var loads = Loads.on(stage.vip(), journal, size.clients(), size.rate())) {
                    holdAtFourFifths(loads);
                    makeChanges(loads, held);
                }
                assertThat(journal.failures()).as(journal::report).isZero();
                long whole = held.useAllOnceMore();
                assertThat(journal.failures()).as(journal::report).isZero();
                assertThat(whole).as("connections held to the end").isEqualTo(held.count());
            }
            assertLeadsWhereItShould();
        } finally {
            backends.values().forEach(Backend::close);
        }
    }

    /** Three seconds to warm up, three measured, everything else as it will be. */
    private void holdAtFourFifths(Loads loads) {
        if (size.rate() > 0) {
            return;
        }
        park(Duration.ofSeconds(3));
        var before = loads.all().stream().collect(Collectors.toMap(Load::name, Load::done));
        long begun = System.nanoTime();
        park(Duration.ofSeconds(3));
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (var load : loads.all()) {
            double capacity = (load.done() - before.getOrDefault(load.name(), 0L)) / seconds;
            load.hold(0.8 * capacity);
            log.info(
                    "{}: {} a second measured, held at {}", load.name(), Math.round(capacity), Math.round(load.rate()));
        }
    }

    private void makeChanges(Loads loads, HeldConnections held) {
        long begun = System.nanoTime();
        long told = begun;
        for (int number = 1; number <= size.changes() && journal.failures() == 0; number++) {
            var change = scene.next();
            journal.change(change, () -> make(change));
            park(size.pause());
            if (System.nanoTime() - told > PROGRESS) {
                told = System.nanoTime();
                log.info("{}", progress(number, begun, loads, held));
            }
        }
        log.info("{}", progress(journal.made(), begun, loads, held));
    }

    private void make(Change change) {
        if (change instanceof Change.Flip flip) {
            backend(flip.server()).become(flip.condition());
        }
        stage.make(change, scene);
    }

    private String progress(int number, long begun, Loads loads, HeldConnections held) {
        return "%d of %d changes in %d s; %s; %d connections held, %d KiB streamed; %d failed"
                .formatted(
                        number,
                        size.changes(),
                        Math.round((System.nanoTime() - begun) / 1e9),
                        loads.all().stream()
                                .map(load -> load.done() + " " + load.name())
                                .collect(Collectors.joining(", ")),
                        held.count(),
                        held.streamedBytes() >> 10,
                        journal.failures());
    }

    /** Once checks have caught up, requests reach those who may serve by the last change, and all of them. */
    private void assertLeadsWhereItShould() throws IOException {
        for (int number = 0; number < 4; number++) {
            var path = Policy.path(number);
            var expected = new TreeSet<String>();
            for (int server : scene.servers(Front.WEB, path)) {
                expected.add(Backend.name(server));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(names(path, 200)).as(path).isSubsetOf(expected));
            assertThat(names(path, 200)).as(path).isSubsetOf(expected);
        }
    }

    private Set<String> names(String path, int requests) throws IOException {
        var names = new TreeSet<String>();
        for (int i = 0; i < requests; i++) {
            names.add(name(path));
        }
        return names;
    }

    private String name(String path) throws IOException {
        try (var wire = Wire.connect(stage.vip(), Front.WEB)) {
            return wire.get(path, "Connection: close\r\n");
        }
    }

    private Backend backend(int server) {
        var backend = backends.get(server);
        if (backend == null) {
            throw new AssertionError("no server " + server);
        }
        return backend;
    }

    private static void park(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
