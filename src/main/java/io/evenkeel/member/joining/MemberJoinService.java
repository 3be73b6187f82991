package io.evenkeel.member.joining;

import io.evenkeel.inventory.KnownServer;
import io.evenkeel.inventory.KnownSubnet;
import io.evenkeel.inventory.Servers;
import io.evenkeel.inventory.Subnets;
import io.evenkeel.inventory.VipAddresses;
import io.evenkeel.member.joining.RulesProperties.SameOs;
import io.evenkeel.member.store.MemberFacts;
import io.evenkeel.member.store.MemberStore;
import io.evenkeel.member.store.MemberStore.Insert;
import io.evenkeel.member.store.MemberStore.Row;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.OwnSockets;
import io.evenkeel.platform.write.Warnings;
import io.evenkeel.pool.KnownPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds members: one or two hundred by the same statements. Locks in the one order: servers by id, then the pool.
 * What is decided on a server's state holds until the commit, because its row stays locked.
 */
@Service
public class MemberJoinService {

    private final MemberStore store;
    private final Pools pools;
    private final Servers servers;
    private final Subnets subnets;
    private final VipAddresses vips;
    private final MemberFacts facts;
    private final SameOs sameOs;
    private final OwnSockets ownSockets;
    private final Quotas quotas;
    private final Clock clock;

    MemberJoinService(
            MemberStore store,
            Pools pools,
            Servers servers,
            Subnets subnets,
            VipAddresses vips,
            MemberFacts facts,
            RulesProperties rules,
            OwnSockets ownSockets,
            Quotas quotas,
            Clock clock) {
        this.store = store;
        this.pools = pools;
        this.servers = servers;
        this.subnets = subnets;
        this.vips = vips;
        this.facts = facts;
        this.sameOs = rules.sameOs();
        this.ownSockets = ownSockets;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** Where a member is in its pool: what is there once. */
    public record Place(IpAddress address, int port) {
        public static Place of(MemberStore.Row row) {
            return new Place(row.address(), row.spec().protocolPort());
        }
    }

    /**
     * @param ids of the members in the order of the call, those included that were there already
     * @param isNew which of them this call added
     */
    public record Joined(List<UUID> ids, List<Boolean> isNew) {}

    /**
     * Adds one member. Errors: as {@link #joinAll}, and {@link ErrorCode#CONFLICT} when it is there already.
     */
    @Transactional
    public Joined join(String projectId, UUID poolId, NewMember member) {
        // Whether it is there already the insert itself tells.
        var joined = addAll(projectId, requireOpen(projectId, poolId), List.of(member), new HashMap<>());
        if (!joined.isNew().getFirst()) {
            throw ErrorCode.CONFLICT.with("Member with address %s and protocol_port %s already present in pool %s"
                    .formatted(member.address(), member.port() == null ? 0 : member.port(), poolId));
        }
        return joined;
    }

    /**
     * Adds all that are not there yet, or none. Errors: {@link ErrorCode#NOT_FOUND} for pool and subnet,
     * {@link ErrorCode#MISMATCH} for another VPC, another OS, or an address that no server has,
     * {@link ErrorCode#IP_TARGETS_DISABLED}, {@link ErrorCode#IPV6_NOT_SUPPORTED},
     * {@link ErrorCode#QUOTA_EXCEEDED}.
     */
    @Transactional
    public Joined joinAll(String projectId, UUID poolId, List<NewMember> members) {
        var pool = requireOpen(projectId, poolId);
        var addresses = members.stream().map(NewMember::address).collect(Collectors.toSet());
        return addAll(projectId, pool, members, places(projectId, poolId, addresses));
    }

    private KnownPool requireOpen(String projectId, UUID poolId) {
        var pool = pools.require(projectId, poolId);
        pool.refuseFixedMembers();
        return pool;
    }

    /** The same for a new pool whose members are then fixed. */
    public Joined addAll(String projectId, UUID poolId, List<NewMember> members) {
        return addAll(projectId, pools.require(projectId, poolId), members, new HashMap<>());
    }

    /**
     * @param there what the pool is known to hold already; the ids of this call's members are added
     */
    private Joined addAll(String projectId, KnownPool pool, List<NewMember> members, Map<Place, UUID> there) {
        var specs = members.stream().map(member -> member.spec(pool.anyPort())).toList();
        members.forEach(member -> MemberRules.fitsType(member, pool.id(), pool.type()));
        var found = findServers(projectId, pool, members);
        var places = new ArrayList<Place>();
        var inserts = new ArrayList<Insert>();
        var wanted = new ArrayList<NewMember>();
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            var server = Objects.requireNonNull(found.get(member.address()));
            var place = new Place(member.address(), specs.get(i).protocolPort());
            MemberRules.isNotOurs(ownSockets, member.path(), place.address(), place.port());
            places.add(place);
            var id = Ids.next(clock);
            if (there.putIfAbsent(place, id) == null) {
                wanted.add(member);
                inserts.add(new Insert(
                        id,
                        server.id(),
                        sameOs.bound(server.os()).orElse(null),
                        member.address(),
                        member.subnetId(),
                        specs.get(i)));
            }
        }
        var added = inserts.isEmpty() ? Set.<UUID>of() : insert(projectId, pool, wanted, inserts, found);
        if (added.size() < inserts.size()) {
            // Others added some of them before this call had the pool.
            there.putAll(places(projectId, pool.id(), found.keySet()));
        }
        warnOfMixedSystems(pool.id());
        return joined(places, there, added);
    }

    /** Of members that one call names twice, the first is new. */
    private static Joined joined(List<Place> places, Map<Place, UUID> there, Set<UUID> added) {
        var ids = places.stream()
                .map(place -> Objects.requireNonNull(there.get(place)))
                .toList();
        var isNew = new ArrayList<Boolean>();
        var told = new HashSet<UUID>();
        ids.forEach(id -> isNew.add(told.add(id) && added.contains(id)));
        return new Joined(ids, isNew);
    }

    private Map<Place, UUID> places(String projectId, UUID poolId, Set<IpAddress> addresses) {
        var places = new HashMap<Place, UUID>();
        store.at(projectId, poolId, addresses).forEach(row -> places.put(Place.of(row), row.id()));
        return places;
    }

    /** The servers of all addresses, locked. */
    private Map<IpAddress, KnownServer> findServers(String projectId, KnownPool pool, List<NewMember> members) {
        var known = subnets.findAll(
                projectId,
                members.stream()
                        .map(NewMember::subnetId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        var vpcId = vpcOf(pool, members, known);
        members.forEach(member -> MemberRules.subnetInVpc(member, known, vpcId, pool.id()));
        var found = servers.lockByAddress(
                projectId, vpcId, members.stream().map(NewMember::address).collect(Collectors.toSet()));
        for (var member : members) {
            var server = found.get(member.address());
            if (server == null) {
                vips.findHolder(projectId, vpcId, member.address()).ifPresent(holder -> {
                    throw MemberRules.mismatch(
                            member,
                            "address",
                            "the address %s is a VIP of load balancer %s".formatted(member.address(), holder));
                });
            }
            MemberRules.serverFits(member, server, vpcId);
        }
        return found;
    }

    /** A pool that nothing has bound yet takes the VPC of its first member with a subnet. */
    private static String vpcOf(KnownPool pool, List<NewMember> members, Map<String, KnownSubnet> known) {
        if (pool.effectiveVpcId() != null) {
            return pool.effectiveVpcId();
        }
        for (var member : members) {
            var subnet = member.subnetId() == null ? null : known.get(member.subnetId());
            if (subnet != null) {
                return subnet.vpcId();
            }
        }
        throw MemberRules.mismatch(
                members.getFirst(),
                "address",
                "pool %s is in no vpc yet: bind it to a load balancer or listener first".formatted(pool.id()));
    }

    /** Answers with the ids of those that were not there. */
    private Set<UUID> insert(
            String projectId,
            KnownPool pool,
            List<NewMember> members,
            List<Insert> inserts,
            Map<IpAddress, KnownServer> found) {
        var first = Objects.requireNonNull(found.get(members.getFirst().address()));
        if (pool.effectiveVpcId() == null) {
            pools.bindVpc(projectId, pool.id(), first.vpcId());
        }
        var advanced = pools.advanceForJoin(projectId, pool.id(), sameOs.bound(first.os()), inserts.size());
        for (var member : members) {
            var server = Objects.requireNonNull(found.get(member.address()));
            MemberRules.poolTakes(member, server, advanced, sameOs == SameOs.ENFORCE);
        }
        if (members.stream().anyMatch(member -> member.subnetId() == null)) {
            store.withoutIpTargets(pool.id()).ifPresent(loadBalancer -> {
                throw ErrorCode.IP_TARGETS_DISABLED.with();
            });
        }
        var added = store.insert(projectId, pool.id(), first.vpcId(), inserts, clock.instant());
        int missing = inserts.size() - added.size();
        if (missing > 0) {
            pools.leave(projectId, pool.id(), missing);
        }
        if (!added.isEmpty()) {
            quotas.within(projectId, QuotaKey.MEMBERS_PER_POOL, advanced.memberCount() - missing);
            quotas.take(projectId, QuotaKey.MEMBER, added.size());
        }
        facts.joined(
                projectId,
                pool.id(),
                advanced.generation(),
                inserts.stream()
                        .filter(insert -> added.contains(insert.id()))
                        .map(insert -> new Row(insert.id(), insert.address(), insert.subnetId(), insert.spec()))
                        .toList());
        return added;
    }

    private void warnOfMixedSystems(UUID poolId) {
        if (sameOs != SameOs.WARN) {
            return;
        }
        var systems = store.systems(poolId);
        if (systems.size() > 1) {
            Warnings.add(
                    "MIXED_OS",
                    "The members of pool %s run different systems: %s".formatted(poolId, String.join(", ", systems)));
        }
    }
}
