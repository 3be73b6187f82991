package io.evenkeel.agentsync;

import io.evenkeel.status.StatusRecorder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the change feed's tables need now and then. */
@Component
class Housekeeping {

    private final ChangeFeed feed;
    private final StatusRecorder recorder;
    private final TransactionTemplate transaction;

    Housekeeping(ChangeFeed feed, StatusRecorder recorder, PlatformTransactionManager transactions) {
        this.feed = feed;
        this.recorder = recorder;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Before a worker's first look: nothing it said before counts, and no row is stamped by another cluster. */
    void beforeFirstLook(String workerId) {
        transaction.executeWithoutResult(status -> feed.restampRestoredRows());
        recorder.forgetRejections(workerId);
    }

    /** Once a minute. */
    void sweep() {
        transaction.executeWithoutResult(status -> feed.dropOldTombstones());
        recorder.forgetDeleted();
    }
}
