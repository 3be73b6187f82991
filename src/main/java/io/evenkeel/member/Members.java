package io.evenkeel.member;

import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import org.springframework.stereotype.Component;

/** What acts that span features do with members, in the transaction of the write that wants it. */
@Component
public class Members {

    private final MemberStore store;
    private final Pools pools;
    private final MemberFacts facts;
    private final Quotas quotas;

    Members(MemberStore store, Pools pools, MemberFacts facts, Quotas quotas) {
        this.store = store;
        this.pools = pools;
        this.facts = facts;
        this.quotas = quotas;
    }

    /** Removes all members of a pool that the caller has advanced, and whose protection it has respected. */
    public void deleteAll(String projectId, AdvancedPool pool) {
        var members = store.all(projectId, pool.id()).stream()
                .map(MemberStore.Row::id)
                .toList();
        if (!members.isEmpty()) {
            var gone = store.delete(pool.id(), members);
            pools.leave(projectId, pool.id(), gone.size());
            quotas.giveBack(projectId, QuotaKey.MEMBER, gone.size());
            facts.left(projectId, pool.id(), pool.generation(), gone);
        }
    }
}
