package io.evenkeel.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many seeds, one after the other, on one installation: each begins where the one before ended, which is converged. */
final class SeveralNodesRun {

    private static final Logger log = LoggerFactory.getLogger(SeveralNodesRun.class);

    /** What was sent over a connection that is gone without a word: as {@link Node} sets it, and some to try others. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(6);

    private SeveralNodesRun() {}

    static void play(List<Long> seeds, Duration bound) throws IOException {
        var taken = new ArrayList<Duration>();
        long begun = System.nanoTime();
        try (var nodes = new Nodes(Site.directory())) {
            for (long seed : seeds) {
                taken.add(play(nodes, seed, bound));
            }
            Collections.sort(taken);
            log.info(
                    "{} seeds in {} s; converged after {} ms (median), {} ms (the slowest); {}",
                    seeds.size(),
                    (System.nanoTime() - begun) / 1_000_000_000,
                    taken.get(taken.size() / 2).toMillis(),
                    taken.getLast().toMillis(),
                    nodes.ledger().figures());
        }
    }

    private static Duration play(Nodes nodes, long seed, Duration bound) {
        nodes.journal().note("SEED " + seed);
        try {
            var run = new SeededRun(nodes, seed);
            var taken = run.play();
            assertThat(nodes.journal().failures()).isZero();
            assertThat(taken)
                    .as("converged")
                    .isLessThanOrEqualTo(run.hasLostSilently() ? bound.plus(GIVEN_UP_AFTER) : bound);
            return taken;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "Seed %d (again alone: -Doutage.seed=%d): %s\n%s"
                            .formatted(
                                    seed, seed, e.getMessage(), nodes.journal().report()),
                    e);
        }
    }
}
