package io.evenkeel.agentsync.receipt;

import io.evenkeel.status.receipt.ReceiptRecorder;
import io.evenkeel.status.receipt.ReceiptWaits;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Makes the reporter of this process's worker, whose receipts those who wait hear of, on every node. */
@Component
public class ReceiptReporters {

    private final ReceiptRecorder recorder;
    private final ReceiptWaits waits;
    private final ReceiptAnnouncer announcer;
    private final Clock clock;

    ReceiptReporters(ReceiptRecorder recorder, ReceiptWaits waits, ReceiptAnnouncer announcer, Clock clock) {
        this.recorder = recorder;
        this.waits = waits;
        this.announcer = announcer;
        this.clock = clock;
    }

    public ReceiptReporter report(String workerId) {
        return new ReceiptReporter(workerId, recorder, this::written, clock);
    }

    private void written() {
        waits.hint();
        announcer.announceReceipts();
    }
}
