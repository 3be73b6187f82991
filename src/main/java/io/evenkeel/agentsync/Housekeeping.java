package io.evenkeel.agentsync;

import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.status.receipt.ReceiptRecorder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the change feed's tables need now and then. */
@Component
class Housekeeping {

    /** Everything is judged anew in every tenth sweep; at the start a worker has not told all yet. */
    private static final int SETTLE_EVERY = 10;

    private final ChangeFeed feed;
    private final StatusRecorder recorder;
    private final ReceiptRecorder receipts;
    private final TransactionTemplate transaction;
    private int sweeps;

    Housekeeping(
            ChangeFeed feed,
            StatusRecorder recorder,
            ReceiptRecorder receipts,
            PlatformTransactionManager transactions) {
        this.feed = feed;
        this.recorder = recorder;
        this.receipts = receipts;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Before a worker's first look: nothing it said before counts, and no row is stamped by another cluster. */
    void beforeFirstLook(String workerId) {
        transaction.executeWithoutResult(status -> feed.restampRestoredRows());
        recorder.forgetRejections(workerId);
        receipts.forget(workerId);
    }

    /** Once a minute. A database may be restored under a running node, so its rows are looked at again. */
    void sweep() {
        transaction.executeWithoutResult(status -> {
            feed.restampRestoredRows();
            feed.dropOldTombstones();
        });
        recorder.forgetDeleted();
        receipts.forgetDeleted();
        if (++sweeps % SETTLE_EVERY == 0) {
            recorder.settleAll();
        }
    }
}
