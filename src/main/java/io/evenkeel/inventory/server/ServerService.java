package io.evenkeel.inventory.server;

import io.evenkeel.inventory.ServersChanged;
import io.evenkeel.inventory.server.ServerStore.Before;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Cloud servers: one or a thousand are put by the same handful of statements. */
@Service
class ServerService {

    private static final String KIND = "server";

    private final ServerStore store;
    private final ClaimStore held;
    private final ServerReads reads;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ServerService(
            ServerStore store, ClaimStore held, ServerReads reads, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.held = held;
        this.reads = reads;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Creates or replaces all of the servers, or none. Publishes {@link ServersChanged}.
     *
     * <p>Errors, each naming the place in the body: {@link ErrorCode#INVALID_INPUT}, {@link ErrorCode#NOT_FOUND} for a
     * subnet or availability zone, {@link ErrorCode#MISMATCH} for an address outside its subnet or in a second VPC,
     * {@link ErrorCode#CONFLICT} for an address that is taken, or that a pool's member uses and would lose.
     *
     * @return the ids of the servers that are new
     */
    @Transactional
    Set<String> put(String projectId, List<WantedServer> servers) {
        ServerRules.idsDiffer(servers);
        var sorted =
                servers.stream().sorted(Comparator.comparing(WantedServer::id)).toList();
        var ids = sorted.stream().map(WantedServer::id).toList();
        ServerRules.zonesExist(
                servers,
                store.zones(servers.stream().map(WantedServer::availabilityZone).collect(Collectors.toSet())));
        var claims = ServerRules.claims(servers, store.lockSubnets(projectId, subnetsOf(servers)));
        var before = store.lockServers(projectId, ids);
        var moves = AddressMoves.between(held.claimsOf(projectId, before.keySet()), claims);
        refuseTaken(projectId, servers, moves.taking());
        refuseUsed(projectId, servers, claims, before, moves.leaving());
        var shownBefore = reads.read(projectId, ids);
        held.release(projectId, moves.leaving());
        store.write(projectId, sorted, claims, moves.servers(), clock.instant());
        held.claim(projectId, moves.taking());
        publish(projectId, sorted, before);
        publishWritten(projectId, shownBefore, reads.read(projectId, ids));
        return ids.stream().filter(id -> !before.containsKey(id)).collect(Collectors.toSet());
    }

    private static Set<String> subnetsOf(List<WantedServer> servers) {
        return servers.stream()
                .flatMap(server -> server.addresses().stream())
                .map(WantedServer.Address::subnetId)
                .collect(Collectors.toSet());
    }

    private void refuseTaken(String projectId, List<WantedServer> servers, List<Claim> taking) {
        var ids = servers.stream().map(WantedServer::id).toList();
        held.firstTaken(projectId, taking, ids).ifPresent(taken -> {
            var place = servers.stream()
                    .flatMap(server -> server.addresses().stream())
                    .filter(address -> address.address().equals(taken.address()))
                    .map(WantedServer.Address::path)
                    .findFirst()
                    .orElse("");
            throw ErrorCode.CONFLICT.with(
                    "%saddress: %s is taken by %s".formatted(place, taken.address(), taken.holder()));
        });
    }

    private void refuseUsed(
            String projectId,
            List<WantedServer> servers,
            Map<String, List<Claim>> claims,
            Map<String, Before> before,
            List<Claim> leaving) {
        held.firstUsed(projectId, leaving).ifPresent(used -> {
            var server = servers.stream()
                    .filter(candidate -> candidate.id().equals(used.serverId()))
                    .findFirst()
                    .orElseThrow();
            var old = before.get(server.id());
            var vpcId = ServerStore.vpcOf(claims, server);
            throw ErrorCode.CONFLICT.with(
                    old != null && !old.vpcId().equals(vpcId)
                            ? "%saddresses: server %s is a member of pool %s and cannot leave vpc %s"
                                    .formatted(server.path(), server.id(), used.poolId(), old.vpcId())
                            : "%saddresses: server %s is a member of pool %s with address %s and cannot give it up"
                                    .formatted(server.path(), server.id(), used.poolId(), used.address()));
        });
    }

    private void publish(String projectId, List<WantedServer> sorted, Map<String, Before> before) {
        var changed = new LinkedHashSet<String>();
        for (var server : sorted) {
            var old = before.get(server.id());
            if (old != null
                    && !(old.status().equals(server.status())
                            && old.availabilityZone().equals(server.availabilityZone())
                            && old.os().equals(server.os()))) {
                changed.add(server.id());
            }
        }
        if (!changed.isEmpty()) {
            events.publishEvent(new ServersChanged(projectId, List.copyOf(changed)));
        }
    }

    private void publishWritten(String projectId, List<ServerResponse> before, List<ServerResponse> after) {
        var known = before.stream().collect(Collectors.toMap(ServerResponse::id, Function.identity()));
        for (var server : after) {
            var old = known.get(server.id());
            if (old == null) {
                events.publishEvent(ResourceWritten.created(projectId, KIND, server.id(), null, server));
            } else if (!old.equals(server)) {
                events.publishEvent(ResourceWritten.updated(projectId, KIND, server.id(), null, old, server));
            }
        }
    }

    ServerResponse require(String projectId, String id) {
        return read(projectId, List.of(id)).stream().findFirst().orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
    }

    /** In the order of the ids. */
    List<ServerResponse> read(String projectId, List<String> ids) {
        return reads.read(projectId, ids);
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CONFLICT} naming the pool it is a member of. */
    @Transactional
    void delete(String projectId, String id) {
        if (store.lockServers(projectId, List.of(id)).isEmpty()) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        var claims = held.claimsOf(projectId, List.of(id));
        held.firstUsed(projectId, claims).ifPresent(used -> {
            throw ErrorCode.CONFLICT.with("pool %s is using this server".formatted(used.poolId()));
        });
        var before = require(projectId, id);
        held.release(projectId, claims);
        store.delete(projectId, id);
        events.publishEvent(ResourceWritten.deleted(projectId, KIND, id, null, before));
    }
}
