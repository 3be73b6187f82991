package io.evenkeel.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.outage.load.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an installation's parts away, one after the other, while clients and a writer go on. */
final class OutageRun {

    private static final Logger log = LoggerFactory.getLogger(OutageRun.class);
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);

    /** Waiting for a connection is given up after three seconds; a second is the answer's. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(4);

    private final Site site;
    private final Duration outage;
    private final Duration bound;

    /**
     * @param outage how long the database is away
     * @param bound within which everything has converged after a heal
     */
    private OutageRun(Site site, Duration outage, Duration bound) {
        this.site = site;
        this.outage = outage;
        this.bound = bound;
    }

    private interface Scenario {
        void play(OutageRun run) throws IOException;
    }

    /** Everything that may be lost is lost, and the database is away for so long. */
    static void whole(Duration outage, Duration bound) throws IOException {
        play(outage, bound, run -> {
            run.losesAWorker();
            run.losesTheApi();
            run.losesTheDatabaseForAMoment();
            run.losesTheDatabaseAndAWorker();
        });
    }

    /** The database is away, a worker is restarted meanwhile. */
    static void worst(Duration outage, Duration bound) throws IOException {
        play(outage, bound, OutageRun::losesTheDatabaseAndAWorker);
    }

    private static void play(Duration outage, Duration bound, Scenario scenario) throws IOException {
        Path directory = Site.directory();
        try (var site = new Site(directory)) {
            try {
                scenario.play(new OutageRun(site, outage, bound));
                assertThat(site.journal().failures()).isZero();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + site.report(), e);
            }
            log.info("{}; {}", site.journal().figures(), site.ledger().figures());
        }
    }

    private void losesAWorker() throws IOException {
        for (var door : site.doors()) {
            site.killWorker(door);
            write(Duration.ofSeconds(1));
            site.startWorker(door);
            requireHealed(System.nanoTime());
        }
    }

    private void losesTheApi() throws IOException {
        site.journal().note("kill -9 the API while it is written to");
        writeWhile(() -> site.api().kill());
        site.startApi();
        requireHealed(System.nanoTime());
    }

    private void losesTheDatabaseForAMoment() throws IOException {
        site.journal().note("restart PostgreSQL");
        writeWhile(() -> site.postgres().stop());
        site.postgres().start();
        requireHealed(System.nanoTime());
        site.journal().note("kill -9 PostgreSQL");
        writeWhile(() -> site.postgres().kill());
        site.postgres().start();
        requireHealed(System.nanoTime());
    }

    private void losesTheDatabaseAndAWorker() throws IOException {
        var lost = site.doors().getFirst();
        requireHealed(System.nanoTime());
        site.journal().note("PostgreSQL is gone");
        long begun = System.nanoTime();
        writeWhile(() -> site.postgres().stop());
        requireApiSaysSo();
        site.killWorker(lost);
        restartWithoutDatabase(lost);
        while (System.nanoTime() - begun < outage.toNanos()) {
            write(Duration.ofSeconds(1));
        }
        requireApiSaysSo();
        site.postgres().start();
        site.journal().note("PostgreSQL is back");
        requireHealed(System.nanoTime());
    }

    /** It has its last-good file alone. */
    private void restartWithoutDatabase(Door door) throws IOException {
        long served = site.watch(door).last();
        site.journal().note("start " + door + " without a database");
        site.worker(door).start();
        awaitPort(door);
        long opened = System.nanoTime();
        await().atMost(START).pollInterval(Duration.ofMillis(20)).until(() -> Site.serves(door, "/"));
        var checked = Duration.ofNanos(System.nanoTime() - opened);
        door.isBack();
        site.journal().note("%s serves, its members checked %d ms after its ports".formatted(door, checked.toMillis()));
        await().atMost(START).until(() -> site.watch(door).last() == served);
        // Members are checked at once, and every second.
        assertThat(checked).isLessThan(bound.plusSeconds(1));
    }

    private void awaitPort(Door door) {
        await().atMost(START).pollInterval(Duration.ofMillis(20)).until(() -> {
            site.worker(door).requireAlive();
            return Site.serves(door, Door.REVISION);
        });
    }

    private void requireApiSaysSo() {
        for (var method : new String[] {"GET", "PUT"}) {
            var path = site.caller().elb("/loadbalancers/0f0e0d0c-0b0a-4908-8706-050403020100");
            long begun = System.nanoTime();
            var answer = site.caller()
                    .send(
                            method,
                            path,
                            method.equals("PUT") ? "{\"loadbalancer\": {\"name\": \"x\"}}" : null,
                            Map.of());
            assertThat(answer.status())
                    .as("%s: %s", method, answer.raw().body())
                    .isEqualTo(503);
            assertThat(answer.raw().headers().firstValue("Retry-After"))
                    .as(method)
                    .isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(method).isLessThan(bound.plus(GIVEN_UP_AFTER));
        }
    }

    private void requireHealed(long sinceNanos) {
        var taken = site.converge(sinceNanos);
        site.ledger().requireNothingLost();
        site.awaitNothingPending();
        assertThat(taken).as("converged").isLessThanOrEqualTo(bound);
        assertThat(site.journal().failures()).isZero();
    }

    private void write(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            site.doors().forEach(site.ledger()::revise);
            site.ledger().describe();
            LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
        } while (System.nanoTime() < end);
    }

    /** Somebody writes before, during and after it. */
    private void writeWhile(Runnable loss) {
        var isOver = new AtomicBoolean();
        var writer = Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                write(BETWEEN_WRITES);
            }
        });
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        loss.run();
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        isOver.set(true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
