package io.evenkeel.identity.sealing;

import io.evenkeel.identity.SealedRows;
import io.evenkeel.identity.SealingKeyCommand;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals every secret anew under the current key, in batches of a transaction each, and then forgets the other key. What
 * interrupts it costs nothing: the next run goes on with what is left, and both keys open meanwhile.
 */
@Component
class SealingKeyRotation implements SealingKeyCommand {

    private static final Logger log = LoggerFactory.getLogger(SealingKeyRotation.class);
    private static final int BATCH = 500;

    private final SealingKeyService service;
    private final SealingKeys keys;
    private final List<SealedRows> sealed;
    private final TransactionTemplate transaction;

    SealingKeyRotation(
            SealingKeyService service,
            SealingKeys keys,
            List<SealedRows> sealed,
            PlatformTransactionManager transactions) {
        this.service = service;
        this.keys = keys;
        this.sealed = sealed;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public int run() {
        int total = 0;
        for (var rows : sealed) {
            int done = 0;
            for (int n = batch(rows); n > 0; n = batch(rows)) {
                done += n;
                log.atInfo().addKeyValue("done", done).log("Sealing anew: {}", rows.what());
            }
            total += done;
        }
        finish();
        log.atInfo()
                .addKeyValue("sealed", total)
                .addKeyValue("key", keys.current().name())
                .log("Every secret is sealed under the new key; the old one is of no use any more");
        return total;
    }

    private int batch(SealedRows rows) {
        return transaction.execute(status -> rows.sealAnew(BATCH));
    }

    /** What nodes sealed under the old key meanwhile is sealed anew in the transaction that forgets it. */
    private void finish() {
        transaction.executeWithoutResult(status -> {
            for (var rows : sealed) {
                int left = rows.sealAnew(BATCH);
                while (left > 0) {
                    left = rows.sealAnew(BATCH);
                }
            }
            service.forgetOthers(keys);
        });
        service.dropOtherFile();
    }
}
