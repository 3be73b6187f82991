package io.evenkeel.quota;

import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What features count against a project's limits. Everything here takes part in the caller's transaction, may be called
 * at any point of it, and is undone with it.
 *
 * <p>The counters themselves are written in one go when the transaction is about to commit, in the order of their keys:
 * they are the last rows that a write locks, and are locked only while it commits. What {@link #take} refuses at once it
 * refuses by the counters as it sees them, which also serves a write that never commits (a dry run); what holds against
 * all others is that statement at the end, which fails the commit with the same error.
 */
@Component
public class Quotas {

    private final QuotaStore store;

    Quotas(QuotaStore store) {
        this.store = store;
    }

    /** Counts {@code n} more resources. Errors: {@link ErrorCode#QUOTA_EXCEEDED}, here or at the commit. */
    public void take(String projectId, QuotaKey key, int n) {
        ledger().take(projectId, key, n);
    }

    /** Counts {@code n} resources less: they are deleted in this transaction. */
    public void giveBack(String projectId, QuotaKey key, int n) {
        ledger().giveBack(projectId, key, n);
    }

    /**
     * Checks a limit of what one parent may have. The caller has counted under the parent's lock.
     *
     * @param countAfter how many the parent will have. Errors: {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public void within(String projectId, QuotaKey key, int countAfter) {
        ledger().within(projectId, key, countAfter);
    }

    private Ledger ledger() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Ledger.class::isInstance)
                .map(Ledger.class::cast)
                .findFirst()
                .orElseGet(this::open);
    }

    private Ledger open() {
        var ledger = new Ledger(store);
        TransactionSynchronizationManager.registerSynchronization(ledger);
        return ledger;
    }
}
