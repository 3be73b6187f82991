package io.evenkeel.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.outage.load.Door;
import io.evenkeel.outage.load.Extra;
import io.evenkeel.outage.load.Journal;
import io.evenkeel.outage.load.Layout;
import io.evenkeel.outage.load.Ledger;
import io.evenkeel.outage.load.Watch;
import io.evenkeel.outage.postgres.FaultProxy;
import io.evenkeel.outage.postgres.Postgres;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An API and several workers in this process, each with a way of its own to one PostgreSQL, which may be restarted, give
 * way to one that follows it, or to a backup. On one thread.
 */
final class Nodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ZONES = List.of("az-1", "az-2", "az-3");

    private final Journal journal = new Journal();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Node> workers = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private final Path directory;
    private final FaultProxy apiWay;
    private final FaultProxy replication;
    private final Layout layout;
    private final Ledger ledger;
    private Postgres postgres;
    private int servers;

    Nodes(Path directory) throws IOException {
        this.directory = directory;
        try {
            postgres = Postgres.start(nextServer());
            opened.add(() -> postgres.close());
            apiWay = with(new FaultProxy(postgres.port()));
            replication = with(new FaultProxy(postgres.port()));
            ConfigurableApplicationContext context =
                    with(Node.start(Settings.api(directory.resolve("api"), apiWay.port(), 0)));
            for (var zone : ZONES) {
                workers.add(with(new Node(directory, zone, postgres.port())));
            }
            await().atMost(PATIENCE)
                    .until(() -> postgres.ask(Site.EVERYBODY_KNOWS_ALL).equals("t"));
            layout = with(new Layout(caller(context), ZONES, false));
            ledger = new Ledger(layout, journal);
            for (int n = 0; n < ZONES.size(); n++) {
                var door = layout.doors().get(n);
                await().atMost(PATIENCE).until(() -> Site.serves(door, Door.REVISION));
                workers.get(n).isWatchedBy(with(new Watch(door, journal)));
                extras.add(new Extra(layout, n, ZONES.get(n)));
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private static Api caller(ConfigurableApplicationContext api) {
        var server = Objects.requireNonNull(((WebServerApplicationContext) api).getWebServer());
        return new Api("http://127.0.0.1:" + server.getPort(), TestInstance.PROJECT_ID, TestInstance.TOKEN);
    }

    private <T extends AutoCloseable> T with(T part) {
        opened.add(part);
        return part;
    }

    private Path nextServer() throws IOException {
        return Files.createDirectories(directory.resolve("server-" + ++servers));
    }

    Journal journal() {
        return journal;
    }

    List<Node> workers() {
        return workers;
    }

    List<Extra> extras() {
        return extras;
    }

    FaultProxy apiWay() {
        return apiWay;
    }

    Ledger ledger() {
        return ledger;
    }

    void restartPostgres(boolean isKilled) throws IOException {
        if (isKilled) {
            postgres.kill();
        } else {
            postgres.stop();
        }
        postgres.start();
    }

    /** Writes made while the follower lags are lost: a newer timeline knows nothing of them. */
    void failOver(Runnable writes) throws IOException, SQLException {
        replication.leadTo(postgres.port());
        replication.open();
        var follower = postgres.standby(nextServer(), replication.port());
        var position = postgres.position();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> follower.hasReplayed(position));
        replication.cut();
        writes.run();
        postgres.kill();
        follower.promote();
        succeed(follower);
    }

    /** Writes made after the backup are lost. */
    void restoreBackup(Runnable writes) throws IOException, SQLException {
        var backup = postgres.backup(nextServer());
        writes.run();
        postgres.kill();
        backup.start();
        backup.renewIncarnation();
        succeed(backup);
    }

    private void succeed(Postgres next) {
        workers.forEach(worker -> worker.watch().newEra());
        postgres.close();
        postgres = next;
        ways(way -> way.leadTo(next.port()));
        // What was accepted and not carried over is lost by design; what is there now counts.
        apiWay.open();
        apiWay.delayCommits(Duration.ZERO);
        await().atMost(PATIENCE).untilAsserted(ledger::begin);
    }

    private void ways(Consumer<FaultProxy> act) {
        workers.forEach(worker -> act.accept(worker.way()));
        act.accept(apiWay);
    }

    /** Mends all that is broken, and waits until everything is as the API says; returns how long that took. */
    Duration heal() {
        apiWay.delayCommits(Duration.ZERO);
        ways(FaultProxy::open);
        workers.stream().filter(worker -> !worker.isUp()).forEach(Node::start);
        long healed = System.nanoTime();
        for (var worker : workers) {
            var door = worker.watch().door();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> ledger.revise(door));
        }
        for (var worker : workers) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() -> assertThat(worker.watch().last())
                            .as("revision at %s", worker)
                            .isEqualTo(ledger.accepted(worker.watch().door())));
        }
        var taken = Duration.ofNanos(System.nanoTime() - healed);
        ledger.requireNothingLost();
        extras.forEach(extra ->
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(extra::requireAsConfigured));
        return taken;
    }

    @Override
    public void close() {
        for (var part : opened.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
