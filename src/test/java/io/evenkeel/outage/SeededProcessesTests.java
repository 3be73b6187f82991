package io.evenkeel.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.outage.load.Door;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twenty seeds with real processes: kill, pause, start and go on, the database stopped, killed and started, and writes,
 * in any order, under load. {@code -Doutage.process-seed} plays one of them alone.
 */
@Tag("chaos")
class SeededProcessesTests {

    private static final Logger log = LoggerFactory.getLogger(SeededProcessesTests.class);
    private static final int SEEDS = 20;
    private static final int STEPS = 6;
    private static final Duration BOUND = Duration.ofSeconds(2);

    @Test
    void convergeAndLoseNothing() throws IOException {
        try (var site = new Site(Site.directory())) {
            var one = Long.getLong("outage.process-seed");
            for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
                play(site, seed);
            }
            log.info("{}; {}", site.journal().figures(), site.ledger().figures());
        }
    }

    private static void play(Site site, long seed) {
        site.journal().note("SEED " + seed);
        try {
            new Run(site, seed).play();
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "Seed %d (again alone: -Doutage.process-seed=%d): %s\n%s"
                            .formatted(seed, seed, e.getMessage(), site.report()),
                    e);
        }
    }

    private static final class Run {
        private final Site site;
        private final Random random;
        private final Set<Door> paused = new HashSet<>();
        private boolean isApiPaused;
        private boolean isDatabaseUp = true;

        Run(Site site, long seed) {
            this.site = site;
            this.random = new Random(seed);
        }

        void play() throws IOException {
            for (int n = 0; n < STEPS; n++) {
                step();
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
            }
            heal();
        }

        private void step() throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1 -> killOrStart(site.doors().get(random.nextInt(2)));
                case 2 -> pauseOrGoOn(site.doors().get(random.nextInt(2)));
                case 3 -> killOrStartApi();
                case 4 -> pauseApiOrGoOn();
                case 5 -> stopOrStartDatabase();
                default -> write();
            }
        }

        private void killOrStart(Door door) throws IOException {
            if (door.isAway()) {
                site.startWorker(door);
            } else {
                paused.remove(door);
                site.killWorker(door);
            }
        }

        private void pauseOrGoOn(Door door) {
            if (paused.remove(door)) {
                site.journal().note(door + " goes on");
                site.worker(door).goOn();
            } else if (!door.isAway()) {
                site.journal().note("pause " + door);
                paused.add(door);
                site.worker(door).pause();
            }
        }

        private void killOrStartApi() throws IOException {
            if (site.api().isAlive()) {
                site.journal().note("kill -9 the API");
                isApiPaused = false;
                site.api().kill();
            } else if (isDatabaseUp) {
                site.startApi();
            }
        }

        private void pauseApiOrGoOn() {
            if (!site.api().isAlive()) {
                return;
            }
            if (isApiPaused) {
                site.api().goOn();
            } else {
                site.journal().note("pause the API");
                site.api().pause();
            }
            isApiPaused = !isApiPaused;
        }

        private void stopOrStartDatabase() throws IOException {
            if (!isDatabaseUp) {
                site.journal().note("start PostgreSQL");
                site.postgres().start();
            } else if (random.nextBoolean()) {
                site.journal().note("stop PostgreSQL");
                site.postgres().stop();
            } else {
                site.journal().note("kill -9 PostgreSQL");
                site.postgres().kill();
            }
            isDatabaseUp = !isDatabaseUp;
        }

        private void write() {
            if (!isApiPaused && site.api().isAlive()) {
                site.doors().forEach(site.ledger()::revise);
                site.ledger().describe();
            }
        }

        private void heal() throws IOException {
            for (var door : Set.copyOf(paused)) {
                pauseOrGoOn(door);
            }
            if (isApiPaused) {
                pauseApiOrGoOn();
            }
            if (!isDatabaseUp) {
                stopOrStartDatabase();
            }
            for (var door : site.doors()) {
                if (door.isAway()) {
                    site.startWorker(door);
                }
            }
            if (!site.api().isAlive()) {
                site.startApi();
            }
            var taken = site.converge(System.nanoTime());
            site.ledger().requireNothingLost();
            site.awaitNothingPending();
            assertThat(site.journal().failures()).isZero();
            assertThat(taken).as("converged").isLessThanOrEqualTo(BOUND);
        }
    }
}
