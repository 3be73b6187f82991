package io.evenkeel.livechanges;

import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.kind.TransportKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ApiChaosTests}, at a worker's own entrance: several times as many changes in the same time. */
@Tag("chaos")
class WorkerChaosTests {

    @TempDir
    private Path home;

    @Test
    void breakNoRequestAndNoConnection() throws IOException, InterruptedException {
        var kind = System.getProperty("evenkeel.worker.transport", "auto").toUpperCase(Locale.ROOT);
        var transport = TransportKind.valueOf(kind).open(TransportOptions.defaults());
        Chaos.atTheWorker(new WorkerStage(home, transport));
    }
}
