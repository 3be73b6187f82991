package io.evenkeel.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** HTTP/2 without TLS on one loop, in front of one server. */
final class Http2Stage implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Transport transport = TestTransports.open(1);
    private final Transport.ListeningPort port;
    private final Traffic traffic = new Traffic(1);
    private final OneMember pool;
    private final List<ServerSession> sessions = new CopyOnWriteArrayList<>();
    private final BlockPools blocks;
    private volatile ListenerSettings settings;

    Http2Stage(EchoServer server) throws IOException {
        this(server, 64 << 20);
    }

    /** @param blockBytes how much of messages in parts may be kept */
    Http2Stage(EchoServer server, long blockBytes) throws IOException {
        this(new OneMember(server.address(), false), blockBytes);
    }

    /** In front of a member that speaks HTTP/2. */
    static Http2Stage toHttp2(InetSocketAddress member) throws IOException {
        return new Http2Stage(new OneMember(member, true), 64 << 20);
    }

    private Http2Stage(OneMember pool, long blockBytes) throws IOException {
        this.pool = pool;
        this.blocks = new BlockPools(blockBytes);
        var loadBalancer = UUID.randomUUID();
        var listener = UUID.randomUUID();
        this.settings = new ListenerSettings(
                listener,
                loadBalancer,
                new InetSocketAddress("192.0.2.7", 443),
                pool,
                traffic.of(loadBalancer, listener),
                LONG,
                LONG,
                LONG,
                Map.of(),
                true);
        var proxy = new HttpProxy(() -> settings, blocks, MemberSessions::new);
        this.port = transport.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), connection -> accept(connection, proxy));
    }

    private ConnectionHandler accept(Connection connection, HttpProxy proxy) {
        var session = new ServerSession(connection, blocks.of(0), () -> settings, proxy::acceptStream);
        sessions.add(session);
        return session;
    }

    Http2Stage timeouts(Duration keepalive, Duration client, Duration member) {
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

    InetSocketAddress address() {
        return port.localAddress();
    }

    FrameClient client(int... settings) throws IOException {
        return FrameClient.ready(address(), settings);
    }

    BlockPool blocks() {
        return blocks.of(0);
    }

    /** Runs on the loop and waits for it. */
    void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, transport.loops().getFirst()::execute).join();
    }

    /** Tells every connection that its port is closed. */
    void closePort() {
        onLoop(() -> sessions.forEach(session -> session.onPortClosed(session.raw())));
    }

    long counted(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    /** Every pick came back. */
    void awaitAllReleased() {
        await().untilAsserted(() -> {
            assertThat(pool.outstanding.get()).isZero();
            assertThat(counted(Count.ACTIVE)).isZero();
        });
    }

    int outstanding() {
        return pool.outstanding.get();
    }

    int picks() {
        return pool.picks.get();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Always the same one. */
    private static final class OneMember implements MemberPool, Member {

        private final UUID id = UUID.randomUUID();
        private final InetSocketAddress address;
        private final AtomicInteger outstanding = new AtomicInteger();
        private final AtomicInteger picks = new AtomicInteger();

        private final boolean speaksHttp2;

        private OneMember(InetSocketAddress address, boolean speaksHttp2) {
            this.address = address;
            this.speaksHttp2 = speaksHttp2;
        }

        @Override
        public boolean speaksHttp2() {
            return speaksHttp2;
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public Member pick(int loop, long clientKey) {
            outstanding.incrementAndGet();
            picks.incrementAndGet();
            return this;
        }

        @Override
        public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
            return null;
        }

        @Override
        public void release(int loop, Member member) {
            outstanding.decrementAndGet();
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public boolean takesNew(int loop) {
            return true;
        }

        @Override
        public void attach(int loop, Attachment connection) {}

        @Override
        public void detach(int loop, Attachment connection) {}
    }
}
