package io.evenkeel.dataplane.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A transport under test, the handlers it was given, and plain blocking sockets as its peers. */
public final class TransportFixture implements AutoCloseable {

    public static final Duration SOON = Duration.ofSeconds(10);

    /** A loopback address of our own: others may still look for servers of theirs at ports that are ours now. */
    private static final InetAddress OWN_HOST = InetAddress.ofLiteral("127.66.0.1");

    public final Transport transport;
    public final List<RecordingHandler> handlers = new CopyOnWriteArrayList<>();

    public TransportFixture(Transport transport) {
        this.transport = transport;
    }

    public EventLoop loop(int index) {
        return transport.loops().get(index);
    }

    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(OWN_HOST, 0);
    }

    /** Listens on a free port; every connection gets a handler of its own. */
    public Transport.ListeningPort listen(Supplier<RecordingHandler> newHandler) throws IOException {
        return transport.listen(anyPort(), connection -> {
            var handler = newHandler.get();
            handlers.add(handler);
            handler.connected.complete(connection);
            return handler;
        });
    }

    /** The one handler of a listener that took one connection. */
    public RecordingHandler onlyHandler() {
        await().atMost(SOON).until(() -> handlers.size() == 1);
        return handlers.getFirst();
    }

    public <T extends RecordingHandler> T connect(InetSocketAddress target, T handler) {
        handlers.add(handler);
        loop(0).execute(() -> loop(0).connect(target, SOON, handler));
        return handler;
    }

    public static Socket plainClient(Transport.ListeningPort port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(port.localAddress());
        return socket;
    }

    /** Closes the socket by RST. */
    public static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public static <T> T on(EventLoop loop, Callable<T> task) {
        var result = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        return get(result);
    }

    public static void run(Connection connection, Runnable task) {
        Boolean done = on(connection.loop(), () -> {
            task.run();
            return true;
        });
        assertThat(done).isTrue();
    }

    public static <T> T get(CompletableFuture<T> future) {
        assertThat(future).succeedsWithin(SOON);
        return future.join();
    }

    public static MemorySegment bytes(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] randomBytes(long seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Ends everything and checks what holds for every connection whatever a test did. */
    @Override
    public void close() {
        transport.close();
        for (var handler : handlers) {
            assertThat(handler.violation.get()).isNull();
            if (handler.connected.isDone()) {
                assertThat(handler.closedCalls).as("onClosed, exactly once").hasValue(1);
            }
        }
    }
}
