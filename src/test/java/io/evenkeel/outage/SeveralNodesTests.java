package io.evenkeel.outage;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some of the seeds of {@link ManySeedsTests}, without its bound on time: other tests take the processors. */
@Tag("chaos")
class SeveralNodesTests {

    private static final int SEEDS = 3;
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void convergeWhateverHappensToThem() throws IOException {
        SeveralNodesRun.play(SeededRun.seeds(SEEDS), BOUND);
    }
}
