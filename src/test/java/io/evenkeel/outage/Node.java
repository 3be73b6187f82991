package io.evenkeel.outage;

import static org.awaitility.Awaitility.await;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.outage.load.Door;
import io.evenkeel.outage.load.Watch;
import io.evenkeel.outage.postgres.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** A worker in this process, with a home and a way to the database of its own. On one thread. */
final class Node implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So that nobody waits long for a database that is away: a seed has seconds. */
    private static final List<String> IMPATIENT = List.of(
            "--spring.datasource.hikari.connection-timeout=1000",
            "--spring.datasource.hikari.data-source-properties.socketTimeout=2",
            // So that every commit can be seen on its way.
            "--spring.datasource.hikari.data-source-properties.prepareThreshold=0");

    private final String zone;
    private final Path lastGood;
    private final FaultProxy way;
    private final ConfigurableApplicationContext context;
    private final SmartLifecycle worker;
    private @Nullable Watch watch;

    Node(Path directory, String zone, int databasePort) throws IOException {
        this.zone = zone;
        var home = directory.resolve(zone);
        lastGood = home.resolve("last-good");
        way = new FaultProxy(databasePort);
        context = start(Settings.worker(home, way.port(), zone));
        worker = context.getBean("workerLifecycle", SmartLifecycle.class);
    }

    static ConfigurableApplicationContext start(List<String> settings) {
        var all = new ArrayList<>(settings);
        all.addAll(IMPATIENT);
        return new SpringApplication(EvenkeelApplication.class).run(all.toArray(String[]::new));
    }

    void isWatchedBy(Watch watching) {
        watch = watching;
    }

    Watch watch() {
        return Objects.requireNonNull(watch);
    }

    FaultProxy way() {
        return way;
    }

    boolean isUp() {
        return worker.isRunning();
    }

    /**
     * As near as one comes to it within a process: cut off, so that it tells nothing more, and with its last-good files
     * as they were before it could tidy up.
     */
    void kill() throws IOException {
        watch().door().goesAway();
        way.cut();
        var kept = lastGood.resolveSibling("last-good.kept");
        copy(lastGood, kept);
        worker.stop();
        clear(lastGood);
        copy(kept, lastGood);
        clear(kept);
        watch().isDead();
    }

    /** Returns when it serves, be it what it served last. */
    void start() {
        way.open();
        worker.start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Site.serves(watch().door(), Door.REVISION));
        watch().door().isBack();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copyIfThere(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A file that is about to take another's place may be gone. */
    private static void copyIfThere(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to);
        } catch (java.nio.file.NoSuchFileException e) {
            // Its content is in the other one, which is copied or was before it was replaced.
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public String toString() {
        return zone;
    }

    @Override
    public void close() {
        way.open();
        context.close();
        way.close();
    }
}
