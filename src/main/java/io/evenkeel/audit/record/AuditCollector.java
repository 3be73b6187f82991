package io.evenkeel.audit.record;

import io.evenkeel.platform.write.ResourceWritten;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects what a transaction writes and records it just before the commit, all in one statement: the records and the
 * writes exist together or not at all. What is rolled back, a dry run as well, leaves nothing. A record that cannot be
 * written fails the write.
 */
@Component
class AuditCollector {

    private final AuditStore store;

    AuditCollector(AuditStore store) {
        this.store = store;
    }

    /**
     * @throws IllegalStateException outside a transaction: nothing would tie the record to the write
     */
    @EventListener
    void collect(ResourceWritten written) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Told outside the transaction that writes: " + written.kind());
        }
        var pending = (@Nullable Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending(Origin.current());
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        pending.add(written);
    }

    /** What one transaction wrote so far. */
    private final class Pending implements TransactionSynchronization {

        private final Origin origin;
        private final List<ResourceWritten> facts = new ArrayList<>();
        private boolean isRecorded;

        Pending(Origin origin) {
            this.origin = origin;
        }

        void add(ResourceWritten written) {
            if (isRecorded) {
                throw new IllegalStateException("Told after the records were written: " + written.kind());
            }
            facts.add(written);
        }

        /** Before the counters of quotas: those are locked from their statement to the end of the commit. */
        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE - 1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            isRecorded = true;
            store.insert(origin, facts);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(AuditCollector.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(AuditCollector.this, this);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResource(AuditCollector.this);
        }
    }
}
