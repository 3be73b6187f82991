package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** Desired states for tests. */
final class Pools {

    static final UUID POOL = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L);

    private Pools() {}

    static UUID id(int number) {
        return new UUID(0x0199_0000_0000_7001L, 0x8000_0000_0000_0000L | number);
    }

    static DesiredMember member(int number, int weight) {
        return new DesiredMember(id(number), "127.7.0." + number, 8080, weight, "az1", true);
    }

    static DesiredMember stopped(DesiredMember m) {
        return new DesiredMember(m.id(), m.address(), m.port(), m.weight(), m.availabilityZone(), false);
    }

    static DesiredMember at(DesiredMember m, int port) {
        return new DesiredMember(m.id(), m.address(), port, m.weight(), m.availabilityZone(), m.isServerActive());
    }

    static DesiredMember standby(DesiredMember m) {
        return new DesiredMember(
                m.id(), m.address(), m.port(), m.weight(), m.availabilityZone(), m.isServerActive(), true);
    }

    /** These are well, the others fail their checks. */
    static Function<UUID, Health> well(Predicate<UUID> isWell) {
        return id -> isWell.test(id) ? Health.WELL : Health.FAILING;
    }

    static DesiredPool with(DesiredPool pool, Presence presence) {
        return new DesiredPool(
                pool.id(),
                pool.generation(),
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

    static DesiredPool draining(Duration timeout, DesiredMember... members) {
        return with(pool(members), new Presence(Optional.of(timeout), Optional.empty(), false, Optional.empty()));
    }

    static DesiredPool slowly(Duration duration, DesiredMember... members) {
        return with(
                pool(members),
                new Presence(Optional.empty(), Optional.of(new SlowStart(duration)), false, Optional.empty()));
    }

    static DesiredPool pool(DesiredMember... members) {
        return pool(Algorithm.ROUND_ROBIN, true, members);
    }

    static DesiredPool pool(Algorithm algorithm, boolean isEnabled, DesiredMember... members) {
        return new DesiredPool(
                POOL,
                1,
                "project",
                isEnabled,
                true,
                PoolProtocol.HTTP,
                algorithm,
                false,
                Optional.empty(),
                List.of(members));
    }

    static DesiredPool sticky(DesiredPool pool, DesiredStickiness.Type type, String cookieName, Duration timeout) {
        return new DesiredPool(
                pool.id(),
                pool.generation(),
                pool.projectId(),
                pool.isEnabled(),
                pool.isUsed(),
                pool.protocol(),
                pool.algorithm(),
                pool.isAnyPort(),
                pool.healthMonitor(),
                pool.members(),
                pool.presence(),
                Optional.of(new DesiredStickiness(type, cookieName, timeout, "0f".repeat(32))));
    }
}
