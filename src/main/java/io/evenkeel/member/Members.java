package io.evenkeel.member;

import io.evenkeel.platform.Ids;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What acts that span features do with members, in the transaction of the write that wants it. */
@Component
public class Members {

    private final MemberStore store;
    private final Pools pools;
    private final MemberFacts facts;
    private final Quotas quotas;
    private final Clock clock;

    Members(MemberStore store, Pools pools, MemberFacts facts, Quotas quotas, Clock clock) {
        this.store = store;
        this.pools = pools;
        this.facts = facts;
        this.quotas = quotas;
        this.clock = clock;
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

    /** Puts members like those of one pool into another, which is new. The caller has locked the first. */
    public void copyAll(String projectId, UUID from, UUID to) {
        var members = store.forCopy(projectId, from, () -> Ids.next(clock));
        if (members.isEmpty()) {
            return;
        }
        var source = pools.require(projectId, from);
        var os = members.stream()
                .map(MemberStore.Insert::os)
                .filter(Objects::nonNull)
                .findFirst();
        var advanced = pools.advanceForJoin(projectId, to, os, members.size());
        quotas.within(projectId, QuotaKey.MEMBERS_PER_POOL, advanced.memberCount());
        quotas.take(projectId, QuotaKey.MEMBER, members.size());
        store.insert(projectId, to, Objects.requireNonNull(source.effectiveVpcId()), members, clock.instant());
        facts.joined(projectId, to, advanced.generation(), store.all(projectId, to));
    }
}
