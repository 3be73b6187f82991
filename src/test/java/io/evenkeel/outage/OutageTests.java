package io.evenkeel.outage;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The worst of {@link LongOutageTests} for some seconds, without its bound on time: other tests take the processors. */
@Tag("chaos")
class OutageTests {

    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void ofTheDatabaseWithAWorkerRestartedLosesNothing() throws IOException {
        OutageRun.worst(OUTAGE, BOUND);
    }
}
