package io.evenkeel.dataplane.http.conformance;

import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the transport and the proxy and changes nothing, but tells a test when the proxy has read what was
 * sent. So a test can send the next piece after the one before was read for certain, without ever sleeping.
 */
final class Observing implements Transport.Acceptor {

    private final HttpProxy proxy;
    private final Thread test = Thread.currentThread();
    private final Map<EventLoop, EventLoop> loops = new ConcurrentHashMap<>();
    private final Map<Integer, Observed> accepted = new ConcurrentHashMap<>();
    private final Map<Integer, Observed> connected = new ConcurrentHashMap<>();

    Observing(HttpProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        var observed = observe(connection, connection.remoteAddress().getPort(), accepted);
        return new Handler(proxy.accept(observed), observed);
    }

    /** The proxy's end of a client's connection, by the client's port. Waits until it is accepted. */
    Observed ofClient(int port, long deadlineNanos) {
        return find(accepted, port, deadlineNanos);
    }

    /** The proxy's end of a connection to the member, by the proxy's port. */
    Observed ofMember(int port, long deadlineNanos) {
        return find(connected, port, deadlineNanos);
    }

    private static Observed find(Map<Integer, Observed> connections, int port, long deadlineNanos) {
        var observed = connections.remove(port);
        while (observed == null) {
            if (deadlineNanos - System.nanoTime() < 0) {
                throw new AssertionError("the proxy does not know of the connection");
            }
            LockSupport.parkNanos(1_000_000);
            observed = connections.remove(port);
        }
        return observed;
    }

    private Observed observe(Connection connection, int port, Map<Integer, Observed> connections) {
        var observed = new Observed(connection, loopOf(connection), test);
        connections.put(port, observed);
        LockSupport.unpark(test);
        return observed;
    }

    private EventLoop loopOf(Connection connection) {
        return loops.computeIfAbsent(connection.loop(), Loop::new);
    }

    /** Passes everything on, for one connection. */
    private final class Handler implements ConnectionHandler {

        private final ConnectionHandler handler;
        private @Nullable Observed observed;

        Handler(ConnectionHandler handler, @Nullable Observed observed) {
            this.handler = handler;
            this.observed = observed;
        }

        private Observed observed() {
            if (observed == null) {
                throw new IllegalStateException("not connected");
            }
            return observed;
        }

        @Override
        public void onConnected(Connection connection) {
            observed = observe(connection, connection.localAddress().getPort(), connected);
            handler.onConnected(observed);
        }

        @Override
        public void onConnectFailed(IOException cause) {
            handler.onConnectFailed(cause);
        }

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            handler.onData(observed(), bytes);
            observed().delivered(bytes.byteSize());
        }

        @Override
        public void onSpliced(Connection connection, long bytes) {
            handler.onSpliced(observed(), bytes);
            observed().delivered(bytes);
        }

        @Override
        public void onEndOfInput(Connection connection) {
            handler.onEndOfInput(observed());
        }

        @Override
        public void onWritable(Connection connection) {
            handler.onWritable(observed());
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {
            handler.onClosed(observed(), cause);
            observed().closed();
        }
    }

    /** The loop, whose outgoing connections are observed as well. */
    private final class Loop implements EventLoop {

        private final EventLoop loop;

        Loop(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
            loop.connect(target, timeout, new Handler(handler, null));
        }

        @Override
        public int index() {
            return loop.index();
        }

        @Override
        public boolean isCurrentThread() {
            return loop.isCurrentThread();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return loop.schedule(delay, task);
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler)
                throws IOException {
            return loop.connectDatagrams(target, handler);
        }
    }
}
