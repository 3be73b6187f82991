package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** A worker's share of a sticky pool: a real pool of named backends behind a proxy on two loops. */
final class StickyProxy implements AutoCloseable {

    static final UUID POOL = UUID.fromString("0197a000-0000-7000-8000-00000000000a");
    private static final String KEY = "5a".repeat(32);

    private final Transport transport = TestTransports.open(2);
    private final Transport.ListeningPort port;
    private final Traffic traffic = new Traffic(2);
    private final PoolRuntime pool;
    private final List<RawBackend> backends;
    private final List<Integer> weights = new ArrayList<>();
    private final Set<UUID> away = new HashSet<>();
    private Optional<DesiredStickiness> stickiness = Optional.empty();
    private volatile Instant now = Instant.parse("2026-11-23T00:00:00Z");

    StickyProxy(RawBackend... backends) throws IOException {
        this.backends = List.of(backends);
        this.backends.forEach(backend -> weights.add(1));
        pool = new PoolRuntime(POOL, transport.loops(), () -> now);
        apply();
        var listener = UUID.randomUUID();
        var settings = new ListenerSettings(
                listener,
                Proxy.LOAD_BALANCER,
                Proxy.VIP,
                pool,
                traffic.of(Proxy.LOAD_BALANCER, listener),
                Proxy.LONG,
                Proxy.LONG,
                Proxy.LONG,
                Map.of(),
                true);
        port = transport.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new HttpProxy(() -> settings, new BlockPools(64 << 20)));
    }

    StickyProxy cookies(Duration timeout) {
        stickiness = Optional.of(new DesiredStickiness(DesiredStickiness.Type.HTTP_COOKIE, "", timeout, KEY));
        return apply();
    }

    StickyProxy applicationCookie(String name) {
        stickiness = Optional.of(new DesiredStickiness(DesiredStickiness.Type.APP_COOKIE, name, Duration.ZERO, KEY));
        return apply();
    }

    StickyProxy unsticky() {
        stickiness = Optional.empty();
        return apply();
    }

    StickyProxy weight(int backend, int weight) {
        weights.set(backend, weight);
        return apply();
    }

    StickyProxy lose(int backend) {
        away.add(id(backend));
        return apply();
    }

    StickyProxy find(int backend) {
        away.remove(id(backend));
        return apply();
    }

    StickyProxy pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    static UUID id(int backend) {
        return new UUID(0x0197_a000_0000_7000L, 0x8000_0000_0000_0100L + backend);
    }

    private StickyProxy apply() {
        var members = new ArrayList<DesiredMember>();
        for (int i = 0; i < backends.size(); i++) {
            var address = backends.get(i).address();
            members.add(new DesiredMember(
                    id(i), address.getAddress().getHostAddress(), address.getPort(), weights.get(i), "az", true));
        }
        pool.update(
                new DesiredPool(
                        POOL,
                        1,
                        "project",
                        true,
                        true,
                        PoolProtocol.HTTP,
                        Algorithm.ROUND_ROBIN,
                        false,
                        Optional.empty(),
                        members,
                        DesiredPool.Presence.PLAIN,
                        stickiness),
                id -> away.contains(id) ? Health.FAILING : Health.WELL);
        return this;
    }

    RawClient client() throws IOException {
        return new RawClient(port.localAddress());
    }

    long counted(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    int active() {
        return IntStream.range(0, backends.size())
                .map(i -> pool.activeCount(id(i)))
                .sum();
    }

    @Override
    public void close() {
        transport.close();
    }
}
