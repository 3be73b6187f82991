package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.http.routing.Policies;
import io.evenkeel.dataplane.http.routing.limit.Limiters;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The proxy under test on a loop of its own, over loopback. */
final class Proxy implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);
    static final InetSocketAddress VIP = new InetSocketAddress("192.0.2.7", 8080);
    static final UUID LOAD_BALANCER = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    private final Transport transport = TestTransports.open(1);
    private final Transport.ListeningPort port;
    private final ListedPool pool;
    private final Traffic traffic;
    private volatile ListenerSettings settings;

    private Proxy(ListedPool pool, Traffic traffic, ListenerSettings settings, BlockPools blocks) throws IOException {
        this.pool = pool;
        this.traffic = traffic;
        this.settings = settings;
        this.port = transport.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new HttpProxy(() -> this.settings, blocks));
    }

    static Proxy over(RawBackend... backends) throws IOException {
        return over(pool(backends));
    }

    static Proxy over(ListedPool pool) throws IOException {
        return over(pool, 64 << 20);
    }

    /** @param blockBytes how much of messages in parts may be kept */
    static Proxy over(ListedPool pool, long blockBytes) throws IOException {
        var listener = UUID.randomUUID();
        var traffic = new Traffic(1);
        var counts = traffic.of(LOAD_BALANCER, listener);
        return new Proxy(
                pool,
                traffic,
                new ListenerSettings(listener, LOAD_BALANCER, VIP, pool, counts, LONG, LONG, LONG, Map.of(), true),
                new BlockPools(blockBytes));
    }

    static ListedPool pool(RawBackend... backends) {
        var addresses = new InetSocketAddress[backends.length];
        for (int i = 0; i < backends.length; i++) {
            addresses[i] = backends[i].address();
        }
        return new ListedPool(addresses);
    }

    Proxy timeouts(Duration keepalive, Duration client, Duration member) {
        var old = settings;
        settings = new ListenerSettings(
                old.listenerId(),
                old.loadBalancerId(),
                old.vip(),
                old.pool(),
                old.traffic(),
                keepalive,
                client,
                member,
                old.insertHeaders(),
                old.isMemberRetryEnabled());
        return this;
    }

    Proxy vip(InetSocketAddress vip) {
        var old = settings;
        settings = new ListenerSettings(
                old.listenerId(),
                old.loadBalancerId(),
                vip,
                old.pool(),
                old.traffic(),
                old.keepaliveTimeout(),
                old.clientTimeout(),
                old.memberTimeout(),
                old.insertHeaders(),
                old.isMemberRetryEnabled());
        return this;
    }

    Proxy insertHeaders(Map<String, String> switches) {
        var old = settings;
        settings = new ListenerSettings(
                old.listenerId(),
                old.loadBalancerId(),
                old.vip(),
                old.pool(),
                old.traffic(),
                old.keepaliveTimeout(),
                old.clientTimeout(),
                old.memberTimeout(),
                switches,
                old.isMemberRetryEnabled());
        return this;
    }

    Proxy compressing() {
        var old = settings;
        settings = new ListenerSettings(
                old.listenerId(),
                old.loadBalancerId(),
                old.vip(),
                old.pool(),
                old.traffic(),
                old.keepaliveTimeout(),
                old.clientTimeout(),
                old.memberTimeout(),
                old.insertHeaders(),
                old.isMemberRetryEnabled(),
                old.sendsProxyHeader(),
                old.gate(),
                true,
                old.log(),
                old.routing());
        return this;
    }

    Proxy withoutRetry() {
        var old = settings;
        settings = new ListenerSettings(
                old.listenerId(),
                old.loadBalancerId(),
                old.vip(),
                old.pool(),
                old.traffic(),
                old.keepaliveTimeout(),
                old.clientTimeout(),
                old.memberTimeout(),
                old.insertHeaders(),
                false);
        return this;
    }

    /** Whose pools are the proxy's own, by whatever id. */
    Proxy policies(DesiredPolicy... policies) {
        return policies(id -> pool, policies);
    }

    Proxy policies(Function<UUID, @Nullable MemberPool> pools, DesiredPolicy... policies) {
        var place = new Place(LOAD_BALANCER, settings.vip(), "192.0.2.7", false, 1);
        settings = settings.withRouting(
                Policies.NONE.next(List.of(policies), new Limiters()).bind(place, pools));
        return this;
    }

    ListedPool pool() {
        return pool;
    }

    RawClient client() throws IOException {
        return new RawClient(port.localAddress());
    }

    InetSocketAddress address() {
        return port.localAddress();
    }

    /** Runs on the loop and waits for it. */
    void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, transport.loops().getFirst()::execute).join();
    }

    /** Also by what was counted. */
    void awaitAllReleased() {
        await().untilAsserted(() -> {
            assertThat(pool().outstanding()).isZero();
            assertThat(counted(Count.ACTIVE)).isZero();
            assertThat(counted(Count.PICKED)).isEqualTo(pool().picks.get());
        });
    }

    /** Until so many connections of clients are open. */
    void awaitOpen(int connections) {
        await().untilAsserted(() -> assertThat(counted(Count.OPEN)).isEqualTo(connections));
    }

    /** Of the members and of no member, together. */
    long counted(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    /** Of one member, or of none when null; without traffic an empty sample. */
    Optional<TrafficSample> traffic(@Nullable UUID member) {
        return traffic.read().stream()
                .filter(sample -> Objects.equals(sample.key().memberId(), member))
                .findFirst();
    }

    @Override
    public void close() {
        transport.close();
    }
}
