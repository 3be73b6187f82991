package io.evenkeel.outage;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes over one PostgreSQL under load: each is killed, the database is restarted and killed, and is away for
 * twenty seconds, or as many minutes as {@code -Doutage.minutes} says, while a worker is restarted.
 */
@Tag("chaos")
class LongOutageTests {

    private static final Duration OUTAGE =
            Duration.ofSeconds(Math.max(20, 60 * Integer.getInteger("outage.minutes", 0)));
    private static final Duration BOUND = Duration.ofSeconds(2);

    @Test
    void ofAnythingLosesNothing() throws IOException {
        OutageRun.whole(OUTAGE, BOUND);
    }
}
