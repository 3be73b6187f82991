package io.evenkeel.member;

import io.evenkeel.member.joining.MemberJoinService;
import io.evenkeel.member.joining.NewMember;
import io.evenkeel.member.store.MemberFacts;
import io.evenkeel.member.store.MemberSpec;
import io.evenkeel.member.store.MemberStore;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What acts that span features do with members, in the transaction of the write that wants it. */
@Component
public class Members {

    private final MemberStore store;
    private final MemberJoinService joins;
    private final Pools pools;
    private final MemberFacts facts;
    private final Quotas quotas;
    private final Clock clock;

    Members(MemberStore store, MemberJoinService joins, Pools pools, MemberFacts facts, Quotas quotas, Clock clock) {
        this.store = store;
        this.joins = joins;
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
        if (source.isMasterSlave()) {
            store.copyRoles(from, to);
        }
        facts.joined(projectId, to, advanced.generation(), store.all(projectId, to));
    }

    /**
     * A member with its part in a pair.
     *
     * @param path where it stands in the request's body, such as {@code pool.members[0].}
     * @param role master or slave
     */
    public record Joining(
            String path,
            String address,
            @Nullable String subnetId,
            @Nullable Integer port,
            String name,
            String role) {}

    /**
     * Gives a new pool its master and its standby. Errors: as adding members has, and CONFLICT when both are one.
     */
    public void joinPair(String projectId, UUID poolId, List<Joining> pair) {
        var wanted = pair.stream()
                .map(member -> new NewMember(
                        member.path(),
                        NewMember.address(member.path(), member.address()),
                        member.subnetId(),
                        member.port(),
                        member.name(),
                        MemberSpec.DEFAULT_WEIGHT,
                        null))
                .toList();
        var ids = joins.addAll(projectId, poolId, wanted).ids();
        if (ids.stream().distinct().count() < pair.size()) {
            throw ErrorCode.CONFLICT.with("Master and slave of pool %s are the same backend".formatted(poolId));
        }
        for (int i = 0; i < ids.size(); i++) {
            store.assignRole(ids.get(i), pair.get(i).role());
        }
    }
}
