package io.evenkeel.livechanges;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred changes at a worker under a light load; {@link WorkerChaosTests} makes thousands under a heavy one. */
@OnEveryTransport
class LiveChangesTests {

    private static final LiveRun.Size SIZE = new LiveRun.Size(300, Duration.ofMillis(25), 8, 100, 40, 10);

    @TempDir
    private Path home;

    @Test
    void breakNoRequestAndNoConnection() throws IOException, InterruptedException {
        long seed = Chaos.seed();
        new LiveRun(new WorkerStage(home, TestTransports.open(2)), SIZE, seed).run();
    }
}
