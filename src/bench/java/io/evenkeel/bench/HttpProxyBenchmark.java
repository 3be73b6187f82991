package io.evenkeel.bench;

import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.PoolProtocol;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a small keep-alive GET costs in the proxy itself, from the client's bytes to the member's and back, without any
 * system call: the sockets are arrays. 64 clients take turns; pool, counters, histogram and deadlines are real.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HttpProxyBenchmark {

    private static final int CLIENTS = 64;
    private static final String REQUEST =
            "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: load/1\r\nAccept: */*\r\n\r\n";
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nServer: backend\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world\n";

    private final Loop loop = new Loop();
    private final MemorySegment input = Arena.ofAuto().allocate(1 << 16);
    private final MemorySegment request = input.asSlice(64, REQUEST.length()).asReadOnly();
    private final MemorySegment answer = input.asSlice(4096, ANSWER.length()).asReadOnly();
    private final List<Socket> clients = new ArrayList<>();
    private final List<ConnectionHandler> handlers = new ArrayList<>();
    private int next;

    @Setup
    public void connect() {
        MemorySegment.copy(bytes(REQUEST), 0, input, java.lang.foreign.ValueLayout.JAVA_BYTE, 64, REQUEST.length());
        MemorySegment.copy(bytes(ANSWER), 0, input, java.lang.foreign.ValueLayout.JAVA_BYTE, 4096, ANSWER.length());
        var proxy = new HttpProxy(settings()::getFirst, new BlockPools(64 << 20));
        for (int i = 0; i < CLIENTS; i++) {
            var client = new Socket(loop);
            clients.add(client);
            handlers.add(proxy.accept(client));
        }
    }

    private List<ListenerSettings> settings() {
        var pool = new PoolRuntime(new UUID(7, 7), List.of(loop));
        var members = List.of(member(1), member(2), member(3));
        pool.update(
                new DesiredPool(
                        new UUID(7, 7),
                        1,
                        "project",
                        true,
                        true,
                        PoolProtocol.HTTP,
                        Algorithm.ROUND_ROBIN,
                        false,
                        Optional.empty(),
                        members),
                _ -> Health.WELL);
        var minute = Duration.ofMinutes(1);
        var listener = new UUID(7, 8);
        return List.of(new ListenerSettings(
                listener,
                new UUID(7, 9),
                Socket.ADDRESS,
                pool,
                new Traffic(1).of(new UUID(7, 9), listener),
                minute,
                minute,
                minute,
                Map.of("X-Forwarded-Host", "false", "X-Forwarded-Proto", "true"),
                true));
    }

    private static DesiredMember member(int number) {
        return new DesiredMember(new UUID(1, number), "127.7.0." + number, 8080, 1, "az1", true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A request and its answer; returns the bytes written to the client so far. */
    @Benchmark
    public long requestAndAnswer() {
        int client = next;
        next = (next + 1) % CLIENTS;
        loop.now += 5_000;
        handlers.get(client).onData(clients.get(client), request);
        loop.connectWaiting();
        var member = loop.lastWritten;
        if (member == null || member.handler == null) {
            throw new IllegalStateException("The request reached no member");
        }
        member.handler.onData(member, answer);
        return clients.get(client).written;
    }

    /** A loop that connects at once and whose timers never fire. */
    private static final class Loop implements EventLoop {

        private final List<ConnectionHandler> waiting = new ArrayList<>();
        private @Nullable Socket lastWritten;
        private long now;

        private void connectWaiting() {
            if (waiting.isEmpty()) {
                return;
            }
            var connecting = List.copyOf(waiting);
            waiting.clear();
            for (var handler : connecting) {
                var socket = new Socket(this);
                socket.handler = handler;
                handler.onConnected(socket);
            }
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public boolean isCurrentThread() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
            waiting.add(handler);
        }

        @Override
        public DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler)
                throws IOException {
            throw new IOException("No datagrams here");
        }
    }

    private static final class Socket implements Connection {

        private static final InetSocketAddress ADDRESS =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080);

        private final Loop loop;
        private final MemorySegment sent = Arena.ofAuto().allocate(1 << 16);
        private @Nullable ConnectionHandler handler;
        private int filled;
        private long written;

        private Socket(Loop loop) {
            this.loop = loop;
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return ADDRESS;
        }

        @Override
        public InetSocketAddress localAddress() {
            return ADDRESS;
        }

        @Override
        public void write(MemorySegment bytes) {
            MemorySegment.copy(bytes, 0, sent, filled, bytes.byteSize());
            filled += (int) bytes.byteSize();
            if (handler != null) {
                loop.lastWritten = this;
            }
        }

        @Override
        public void flush() {
            written += filled;
            filled = 0;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void allowSplice(Connection to, long bytes) {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {
            throw new IllegalStateException("Closed");
        }

        @Override
        public void reset() {
            throw new IllegalStateException("Reset");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
