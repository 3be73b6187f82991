package io.evenkeel.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.outage.load.Door;
import io.evenkeel.outage.load.Journal;
import io.evenkeel.outage.load.Layout;
import io.evenkeel.outage.load.Ledger;
import io.evenkeel.outage.load.Load;
import io.evenkeel.outage.load.Ports;
import io.evenkeel.outage.load.Watch;
import io.evenkeel.outage.load.Web;
import io.evenkeel.outage.postgres.Postgres;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An installation of three processes over one PostgreSQL: an API and two workers, each with load balancers of its own,
 * clients through both all the time, and somebody who writes. On one thread.
 */
final class Site implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String EVERYBODY_KNOWS_ALL =
            "select min(heartbeat_at) > max(started_at) + interval '500 ms' from worker";
    /** Changes that some worker has not said it has taken. */
    private static final String NOT_TAKEN = """
            select count(*) from worker w, lateral (
                select changed_in from load_balancer union all select changed_in from pool) r
             where not pg_visible_in_snapshot(r.changed_in, cast(w.watermark as pg_snapshot))""";

    private static final List<String> ZONES = List.of("az-1", "az-2");

    private final Journal journal = new Journal();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<Door, Service> workers = new LinkedHashMap<>();
    private final Map<Door, Watch> watches = new LinkedHashMap<>();
    private final Postgres postgres;
    private final Service api;
    private final Api caller;
    private final Layout layout;
    private final Ledger ledger;

    /** Returns when every worker serves and every client is at it. */
    Site(Path directory) throws IOException {
        try {
            postgres = with(Postgres.start(directory));
            int port = Ports.free("127.0.0.1");
            api = with(new Service("api", directory, Settings.api(directory.resolve("api"), postgres.port(), port)));
            caller = new Api("http://127.0.0.1:" + port, TestInstance.PROJECT_ID, TestInstance.TOKEN);
            var started = new ArrayList<Service>();
            api.start();
            for (var zone : ZONES) {
                var home = directory.resolve(zone);
                started.add(with(new Service(zone, directory, Settings.worker(home, postgres.port(), zone))));
                started.getLast().start();
            }
            await().atMost(START).until(() -> {
                api.requireAlive();
                started.forEach(Service::requireAlive);
                return answersWell()
                        && postgres.ask("select count(*) from worker").equals("" + ZONES.size());
            });
            // From then on none of them takes for its own what is another's.
            await().atMost(PATIENCE)
                    .until(() -> postgres.ask(EVERYBODY_KNOWS_ALL).equals("t"));
            layout = with(new Layout(caller, ZONES, true));
            for (int n = 0; n < ZONES.size(); n++) {
                workers.put(layout.doors().get(n), started.get(n));
            }
            layout.doors().forEach(this::awaitServing);
            ledger = new Ledger(layout, journal);
            layout.doors().forEach(door -> watches.put(door, with(new Watch(door, journal))));
            with(new Load(layout.doors(), journal));
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T with(T part) {
        opened.add(part);
        return part;
    }

    Journal journal() {
        return journal;
    }

    Postgres postgres() {
        return postgres;
    }

    Service api() {
        return api;
    }

    Api caller() {
        return caller;
    }

    Ledger ledger() {
        return ledger;
    }

    List<Door> doors() {
        return layout.doors();
    }

    Service worker(Door door) {
        return Objects.requireNonNull(workers.get(door));
    }

    Watch watch(Door door) {
        return Objects.requireNonNull(watches.get(door));
    }

    /** Its requests may fail from now on. */
    void killWorker(Door door) {
        journal.note("kill -9 " + door);
        door.goesAway();
        worker(door).kill();
        watch(door).isDead();
    }

    /** Returns when it serves through its servers again. */
    void startWorker(Door door) throws IOException {
        journal.note("start " + door);
        worker(door).start();
        awaitServing(door);
        door.isBack();
        journal.note(door + " serves again");
    }

    private void awaitServing(Door door) {
        await().atMost(START).pollInterval(Duration.ofMillis(20)).until(() -> {
            worker(door).requireAlive();
            return serves(door, Door.REVISION) && serves(door, "/");
        });
    }

    static boolean serves(Door door, String path) {
        try {
            Web.getOnce(door.vip(), door.webPort(), path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void startApi() throws IOException {
        journal.note("start the API");
        api.start();
        await().atMost(START).until(() -> {
            api.requireAlive();
            return answersWell();
        });
    }

    boolean answersWell() {
        try {
            return caller.get(caller.elb("/loadbalancers")).status() == 200;
        } catch (AssertionError e) {
            return false;
        }
    }

    /**
     * Writes as soon as the API takes it, and waits until every worker serves it.
     *
     * @return since the given moment of {@link System#nanoTime}
     */
    Duration converge(long sinceNanos) {
        for (var door : doors()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> ledger.revise(door));
        }
        for (var door : doors()) {
            await("%s serves revision %d".formatted(door, ledger.accepted(door)))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> watch(door).last() >= ledger.accepted(door));
        }
        var taken = Duration.ofNanos(System.nanoTime() - sinceNanos);
        journal.note("converged after " + taken.toMillis() + " ms");
        return taken;
    }

    /** Every worker has taken every change, none has anything that it cannot serve, and the API says so. */
    void awaitNothingPending() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(postgres.ask(NOT_TAKEN)).as("not taken").isEqualTo("0");
            assertThat(postgres.ask("select count(*) from worker_rejection"))
                    .as("rejected")
                    .isEqualTo("0");
            var all = caller.get(caller.elb("/loadbalancers")).expect(200).path("loadbalancers");
            assertThat(all)
                    .allSatisfy(
                            row -> assertThat(row.path("provisioning_status").asString())
                                    .isEqualTo("ACTIVE"));
        });
    }

    /** With the logs' ends, where something failed. */
    String report() {
        var report = new StringBuilder(journal.report()).append('\n').append(ledger.figures());
        workers.values()
                .forEach(worker ->
                        report.append("\n--- ").append(worker).append('\n').append(worker.lastLines()));
        return report.append("\n--- api\n").append(api.lastLines()).toString();
    }

    static Path directory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "sites")), "site")
                .toAbsolutePath();
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
