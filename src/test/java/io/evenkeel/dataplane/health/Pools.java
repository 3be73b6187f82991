package io.evenkeel.dataplane.health;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.PoolProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Desired pools for tests: delays and timeouts far shorter than any the API accepts. */
public final class Pools {

    private Pools() {}

    public static DesiredMember member(String address, int port) {
        return member(address, port, 1);
    }

    public static DesiredMember member(String address, int port, int weight) {
        return new DesiredMember(UUID.randomUUID(), address, port, weight, "az1", true);
    }

    public static DesiredMember active(DesiredMember member, boolean isActive) {
        return new DesiredMember(
                member.id(),
                member.address(),
                member.port(),
                member.weight(),
                member.availabilityZone(),
                isActive,
                member.isStandby());
    }

    public static DesiredPool pool(DesiredMember... members) {
        return new DesiredPool(
                UUID.randomUUID(),
                1,
                "project",
                true,
                true,
                PoolProtocol.HTTP,
                Algorithm.ROUND_ROBIN,
                false,
                Optional.empty(),
                List.of(members));
    }

    /** Whose members come and go like this. */
    public static DesiredPool present(DesiredPool pool, Presence presence) {
        return new DesiredPool(
                pool.id(),
                pool.generation() + 1,
                pool.projectId(),
                pool.isEnabled(),
                pool.isUsed(),
                pool.protocol(),
                pool.algorithm(),
                pool.isAnyPort(),
                pool.healthMonitor(),
                pool.members(),
                presence);
    }

    public static DesiredMember weighing(DesiredMember member, int weight) {
        return new DesiredMember(
                member.id(),
                member.address(),
                member.port(),
                weight,
                member.availabilityZone(),
                member.isServerActive(),
                member.isStandby());
    }

    public static DesiredMember standby(DesiredMember member) {
        return new DesiredMember(
                member.id(),
                member.address(),
                member.port(),
                member.weight(),
                member.availabilityZone(),
                member.isServerActive(),
                true);
    }

    public static DesiredMember in(DesiredMember member, String zone) {
        return new DesiredMember(
                member.id(),
                member.address(),
                member.port(),
                member.weight(),
                zone,
                member.isServerActive(),
                member.isStandby());
    }

    public static DesiredPool withMembers(DesiredPool pool, DesiredMember... members) {
        return copy(pool, pool.isUsed(), pool.healthMonitor(), List.of(members));
    }

    public static DesiredPool monitored(DesiredPool pool, DesiredHealthMonitor monitor) {
        return copy(pool, pool.isUsed(), Optional.of(monitor), pool.members());
    }

    public static DesiredPool used(DesiredPool pool, boolean isUsed) {
        return copy(pool, isUsed, pool.healthMonitor(), pool.members());
    }

    /** Of another protocol, and any-port or not. */
    public static DesiredPool speaking(DesiredPool pool, PoolProtocol protocol, boolean isAnyPort) {
        return new DesiredPool(
                pool.id(),
                pool.generation() + 1,
                pool.projectId(),
                pool.isEnabled(),
                pool.isUsed(),
                protocol,
                pool.algorithm(),
                isAnyPort,
                pool.healthMonitor(),
                pool.members(),
                pool.presence());
    }

    public static DesiredPool speaking(DesiredPool pool, PoolProtocol protocol) {
        return speaking(pool, protocol, pool.isAnyPort());
    }

    public static DesiredHealthMonitor tcpMonitor() {
        return monitor(DesiredHealthMonitor.Type.TCP, "/", "200", Duration.ofSeconds(5));
    }

    public static DesiredHealthMonitor httpMonitor(String path, String expectedCodes) {
        return monitor(DesiredHealthMonitor.Type.HTTP, path, expectedCodes, Duration.ofSeconds(5));
    }

    /** Every 20 ms, in after two, out after two. */
    public static DesiredHealthMonitor monitor(
            DesiredHealthMonitor.Type type, String path, String expectedCodes, Duration timeout) {
        return new DesiredHealthMonitor(
                UUID.randomUUID(),
                type,
                Duration.ofMillis(20),
                timeout,
                2,
                2,
                Optional.empty(),
                Optional.empty(),
                path,
                "GET",
                expectedCodes);
    }

    private static DesiredPool copy(
            DesiredPool pool, boolean isUsed, Optional<DesiredHealthMonitor> monitor, List<DesiredMember> members) {
        return new DesiredPool(
                pool.id(),
                pool.generation() + 1,
                pool.projectId(),
                pool.isEnabled(),
                isUsed,
                pool.protocol(),
                pool.algorithm(),
                pool.isAnyPort(),
                monitor,
                members,
                pool.presence());
    }
}
