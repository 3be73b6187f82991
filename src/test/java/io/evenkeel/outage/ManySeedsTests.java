package io.evenkeel.outage;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred seeds with several nodes in this process behind a proxy that fails: kill, cut, silence, slow commits,
 * failover to a follower that lags, restore of a backup. {@code -Doutage.seed} plays one of them alone,
 * {@code -Doutage.seeds} another number of them.
 */
@Tag("chaos")
class ManySeedsTests {

    private static final int SEEDS = 200;
    private static final Duration BOUND = Duration.ofSeconds(2);

    @Test
    void convergeAndServeNothingOlderThanBefore() throws IOException {
        SeveralNodesRun.play(SeededRun.seeds(SEEDS), BOUND);
    }
}
