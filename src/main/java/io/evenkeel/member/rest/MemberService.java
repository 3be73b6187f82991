package io.evenkeel.member.rest;

import io.evenkeel.member.joining.MemberJoinService.Place;
import io.evenkeel.member.joining.MemberRules;
import io.evenkeel.member.rest.BatchRequests.Leaving;
import io.evenkeel.member.rest.BatchRequests.Update.Wanted;
import io.evenkeel.member.rest.MemberRequests.UpdateMemberRequest;
import io.evenkeel.member.rest.MemberResponse.Deleted;
import io.evenkeel.member.store.MemberFacts;
import io.evenkeel.member.store.MemberStore;
import io.evenkeel.member.store.MemberStore.Row;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.OwnSockets;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes and removes members, under their pool's lock. */
@Service
class MemberService {

    private final MemberStore store;
    private final MemberReads reads;
    private final Pools pools;
    private final MemberFacts facts;
    private final OwnSockets ownSockets;
    private final Quotas quotas;
    private final Clock clock;

    MemberService(
            MemberStore store,
            MemberReads reads,
            Pools pools,
            MemberFacts facts,
            OwnSockets ownSockets,
            Quotas quotas,
            Clock clock) {
        this.store = store;
        this.reads = reads;
        this.pools = pools;
        this.facts = facts;
        this.ownSockets = ownSockets;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    MemberResponse require(String projectId, UUID poolId, UUID memberId) {
        return reads.find(projectId, poolId, memberId).orElseThrow(() -> absent(projectId, poolId, memberId));
    }

    private Row find(String projectId, UUID poolId, UUID memberId) {
        return store.find(projectId, poolId, memberId).orElseThrow(() -> absent(projectId, poolId, memberId));
    }

    /** The pool is looked for only now, to name the one that is not there. */
    private ElbException absent(String projectId, UUID poolId, UUID memberId) {
        pools.require(projectId, poolId);
        return ErrorCode.NOT_FOUND.with("member", memberId);
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#INVALID_INPUT}, {@link ErrorCode#CONFLICT}. */
    @Transactional
    void update(String projectId, UUID poolId, UUID memberId, UpdateMemberRequest request) {
        var before = find(projectId, poolId, memberId);
        if (request.availabilityZone() instanceof Change.Put<String>(String zone)) {
            requireZone(projectId, memberId, zone);
        }
        if (request.applyTo(before.spec()).equals(before.spec())) {
            return;
        }
        var pool = pools.advance(projectId, poolId);
        var current = find(projectId, poolId, memberId);
        write(projectId, pool, List.of(new Changed(current, current.with(request.applyTo(current.spec())))));
    }

    private void requireZone(String projectId, UUID memberId, String zone) {
        var member = reads.read(projectId, List.of(memberId)).getFirst();
        if (!member.availabilityZone().equals(zone)) {
            throw ErrorCode.MISMATCH.with("member.availability_zone: the server of member %s is in %s, not in %s"
                    .formatted(memberId, member.availabilityZone(), zone));
        }
    }

    /** Changes all or none. Errors: {@link ErrorCode#NOT_FOUND} naming the item, {@link ErrorCode#CONFLICT}. */
    @Transactional
    List<UUID> updateAll(String projectId, UUID poolId, List<Wanted> wanted) {
        pools.require(projectId, poolId);
        var ids = new ArrayList<UUID>();
        if (!changes(projectId, poolId, wanted, ids).isEmpty()) {
            var pool = pools.advance(projectId, poolId);
            ids.clear();
            write(projectId, pool, changes(projectId, poolId, wanted, ids));
        }
        return ids;
    }

    /** A member that a call changes, as it is and as it shall be. */
    private record Changed(Row before, Row after) {

        boolean isMoved() {
            return !Place.of(before).equals(Place.of(after));
        }
    }

    private List<Changed> changes(String projectId, UUID poolId, List<Wanted> wanted, List<UUID> ids) {
        var before = new HashMap<String, Row>();
        store.all(projectId, poolId).forEach(row -> before.put(row.id().toString(), row));
        var changed = new LinkedHashMap<UUID, Row>();
        for (var item : wanted) {
            var row = before.get(item.item().id().toLowerCase(Locale.ROOT));
            if (row == null) {
                throw ErrorCode.NOT_FOUND.with(
                        item.path() + "id: member", item.item().id());
            }
            ids.add(row.id());
            var current = changed.getOrDefault(row.id(), row);
            var spec = item.item().applyTo(item.path(), current.spec());
            changed.put(row.id(), row.with(spec));
        }
        return changed.values().stream()
                .map(row ->
                        new Changed(Objects.requireNonNull(before.get(row.id().toString())), row))
                .filter(change -> !change.after().equals(change.before()))
                .toList();
    }

    private void write(String projectId, AdvancedPool pool, List<Changed> changes) {
        var poolId = pool.id();
        var changed = changes.stream().map(Changed::after).toList();
        var taken = changes.stream().anyMatch(Changed::isMoved)
                ? placesOfOthers(projectId, poolId, changed)
                : new HashSet<Place>();
        for (var row : changed) {
            MemberRules.isNotOurs(
                    ownSockets, "member.", row.address(), row.spec().protocolPort());
            if (!taken.add(Place.of(row))) {
                throw ErrorCode.CONFLICT.with("Member with address %s and protocol_port %s already present in pool %s"
                        .formatted(row.address(), row.spec().protocolPort(), poolId));
            }
        }
        store.update(poolId, changed, clock.instant());
        changes.forEach(change -> facts.changed(projectId, poolId, pool.generation(), change.before(), change.after()));
    }

    private Set<Place> placesOfOthers(String projectId, UUID poolId, List<Row> changed) {
        var ids = changed.stream().map(Row::id).collect(Collectors.toSet());
        return store.at(projectId, poolId, changed.stream().map(Row::address).collect(Collectors.toSet())).stream()
                .filter(row -> !ids.contains(row.id()))
                .map(Place::of)
                .collect(Collectors.toSet());
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CONFLICT} when the pool protects its members. */
    @Transactional
    void delete(String projectId, UUID poolId, UUID memberId) {
        pools.require(projectId, poolId).refuseFixedMembers();
        find(projectId, poolId, memberId);
        var pool = pools.advance(projectId, poolId);
        refuseProtected(pool);
        if (remove(projectId, pool, List.of(memberId)) == 0) {
            throw ErrorCode.NOT_FOUND.with("member", memberId);
        }
    }

    private int remove(String projectId, AdvancedPool pool, List<UUID> ids) {
        var gone = store.delete(pool.id(), ids);
        if (!gone.isEmpty()) {
            pools.leave(projectId, pool.id(), gone.size());
            quotas.giveBack(projectId, QuotaKey.MEMBER, gone.size());
            facts.left(projectId, pool.id(), pool.generation(), gone);
        }
        return gone.size();
    }

    private static void refuseProtected(AdvancedPool pool) {
        if (pool.memberDeletionProtection()) {
            throw ErrorCode.CONFLICT.with(
                    "pool %s protects its members from deletion (member_deletion_protection_enable)"
                            .formatted(pool.id()));
        }
    }

    /** Removes those that are there. Errors: as {@link #delete}, an unknown member aside. */
    @Transactional
    List<Deleted> deleteAll(String projectId, UUID poolId, List<Leaving> leaving) {
        pools.require(projectId, poolId).refuseFixedMembers();
        if (store.all(projectId, poolId).stream()
                .noneMatch(row -> leaving.stream().anyMatch(item -> names(item, row)))) {
            return leaving.stream().map(item -> answer(item, false)).toList();
        }
        var pool = pools.advance(projectId, poolId);
        refuseProtected(pool);
        var rows = new ArrayList<>(store.all(projectId, poolId));
        var gone = new ArrayList<UUID>();
        var answers = new ArrayList<Deleted>();
        for (var item : leaving) {
            var row = rows.stream().filter(candidate -> names(item, candidate)).findFirst();
            row.ifPresent(found -> {
                rows.remove(found);
                gone.add(found.id());
            });
            answers.add(answer(item, row.isPresent()));
        }
        remove(projectId, pool, gone);
        return answers;
    }

    private static boolean names(Leaving item, Row row) {
        return item.names(row.id(), row.address(), row.spec().protocolPort());
    }

    private static Deleted answer(Leaving item, boolean isFound) {
        var status = isFound ? "successful" : "not found";
        var address = item.address();
        return address == null
                ? new Deleted(item.id(), null, null, status)
                : new Deleted(null, address.text(), item.port(), status);
    }
}
