package io.evenkeel.writes.idempotency;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets idempotency keys when their day is over. */
@Component
class KeyHousekeeping {

    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;

    KeyHousekeeping(IdempotencyKeys keys, PlatformTransactionManager transactions) {
        this.keys = keys;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void sweep() {
        transaction.executeWithoutResult(status -> keys.dropExpired());
    }
}
