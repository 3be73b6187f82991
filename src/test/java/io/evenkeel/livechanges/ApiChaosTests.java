package io.evenkeel.livechanges;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Thousands of changes, each a call of the REST API of the whole running service, under load at four fifths of what was
 * measured just before, with a thousand idle and a hundred streaming connections held across all of them. By
 * {@code ./mvnw -Pchaos verify}; {@code -Dchaos.changes}, {@code -Dchaos.seed} and
 * {@code -Devenkeel.worker.transport=netty} say how many, which, and over which transport.
 */
@Tag("chaos")
@EvenkeelTest
class ChaosTests {

    private static final int CHANGES = Integer.getInteger("chaos.changes", 10_000);
    private static final LiveRun.Size SIZE = new LiveRun.Size(CHANGES, Duration.ZERO, 16, 0, 1_000, 100);

    private final Api api;

    @Autowired
    ChaosTests(Api api) {
        this.api = api;
    }

    @Test
    void loseNoRequestAndNoConnection() throws IOException, InterruptedException {
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong());
        new LiveRun(new ApiStage(api), SIZE, seed).run();
    }
}
