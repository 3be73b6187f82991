package io.evenkeel.quota;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.quota.QuotaStore.Standing;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.transaction.support.TransactionSynchronization;

/** What one transaction takes and gives back, settled with the counters when it is about to commit. */
final class Ledger implements TransactionSynchronization {

    private record Account(String projectId, QuotaKey key) {}

    private static final Comparator<Account> LOCK_ORDER =
            Comparator.comparing(Account::projectId).thenComparing(Account::key);

    private final QuotaStore store;
    /** Read once: a transaction looks at the counters with one statement, however much it writes. */
    private final Map<String, Map<QuotaKey, Standing>> standings = new HashMap<>();

    private final Map<Account, Integer> changes = new TreeMap<>(LOCK_ORDER);

    Ledger(QuotaStore store) {
        this.store = store;
    }

    void take(String projectId, QuotaKey key, int n) {
        if (n == 0) {
            return;
        }
        int taken = changes.merge(new Account(projectId, key), n, Integer::sum);
        var standing = standing(projectId, key);
        if (taken > 0 && !standing.hasRoomFor(taken)) {
            throw exceeded(key);
        }
    }

    void giveBack(String projectId, QuotaKey key, int n) {
        if (n != 0) {
            changes.merge(new Account(projectId, key), -n, Integer::sum);
        }
    }

    void within(String projectId, QuotaKey key, int countAfter) {
        int limit = standing(projectId, key).limit();
        if (limit != QuotaKey.UNLIMITED && countAfter > limit) {
            throw exceeded(key);
        }
    }

    private Standing standing(String projectId, QuotaKey key) {
        return standings.computeIfAbsent(projectId, store::read).getOrDefault(key, new Standing(key.defaultLimit(), 0));
    }

    @Override
    public void beforeCommit(boolean isReadOnly) {
        changes.forEach((account, n) -> {
            if (n < 0) {
                store.giveBack(account.projectId(), account.key(), -n);
            } else if (n > 0 && !store.take(account.projectId(), account.key(), n, limit(account))) {
                throw exceeded(account.key());
            }
        });
        changes.clear();
    }

    private int limit(Account account) {
        return standing(account.projectId(), account.key()).limit();
    }

    private static ElbException exceeded(QuotaKey key) {
        return ErrorCode.QUOTA_EXCEEDED.with(key.onWire());
    }
}
