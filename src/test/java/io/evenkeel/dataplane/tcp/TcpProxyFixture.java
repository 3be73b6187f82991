package io.evenkeel.dataplane.tcp;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A TCP proxy on real sockets before a {@link FakePool}. */
final class TcpProxyFixture implements AutoCloseable {

    final Transport transport = TestTransports.open(2);
    final FakePool pool = new FakePool(transport.loops());
    final Traffic traffic = new Traffic(2);
    private final ListenerTraffic listenerTraffic = traffic.of(UUID.randomUUID(), UUID.randomUUID());
    final AtomicInteger settingsRead = new AtomicInteger();
    private final Transport.ListeningPort port;
    private volatile Duration keepaliveTimeout = Duration.ofSeconds(60);
    private volatile @Nullable MemberPool usedPool = pool;
    private volatile boolean sendsProxyHeader;

    TcpProxyFixture() throws IOException {
        this(Duration.ofMillis(300));
    }

    TcpProxyFixture(Duration connectTimeout) throws IOException {
        this(connectTimeout, TransportFixture.anyPort());
    }

    TcpProxyFixture(Duration connectTimeout, InetSocketAddress address) throws IOException {
        port = transport.listen(address, new TcpProxy(this::settings, connectTimeout));
    }

    InetSocketAddress address() {
        return port.localAddress();
    }

    void keepaliveTimeout(Duration timeout) {
        keepaliveTimeout = timeout;
    }

    void sendProxyHeaders() {
        sendsProxyHeader = true;
    }

    void removePool() {
        usedPool = null;
    }

    Socket connect() throws IOException {
        return TransportFixture.plainClient(port);
    }

    /** Every pick was released and every attachment ended, once. */
    void awaitBalance() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(pool.releases).hasValue(pool.picks.get());
            assertThat(pool.isBalanced()).isTrue();
            assertThat(counted(Count.ACTIVE)).isZero();
            assertThat(counted(Count.PICKED)).isEqualTo(pool.picks.get());
        });
        assertThat(pool.errors).isEmpty();
    }

    /** Of all members and of no member, together. */
    long counted(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    @Override
    public void close() {
        transport.close();
        awaitBalance();
        assertThat(counted(Count.OPEN)).isZero();
    }

    private ListenerSettings settings() {
        settingsRead.incrementAndGet();
        return new ListenerSettings(
                UUID.randomUUID(),
                UUID.randomUUID(),
                port.localAddress(),
                usedPool,
                listenerTraffic,
                keepaliveTimeout,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Map.of(),
                false,
                sendsProxyHeader,
                new ListenerGate(listenerTraffic.loops()),
                false,
                null,
                null);
    }
}
