package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** Two plain sockets, and between them two connections that pass on to each other what arrives, spliced where possible. */
final class SplicedPair implements AutoCloseable {

    final Side front;
    final Side back;
    final Socket client;
    final Socket server;
    private final ServerSocket listener =
            new ServerSocket(0, 1, TransportFixture.anyPort().getAddress());
    private final Transport.ListeningPort port;

    SplicedPair(TransportFixture fixture) throws IOException {
        this(fixture, Long.MAX_VALUE, new Side(), new Side());
    }

    /**
     * @param bytes how many may be spliced each way
     * @param front the client's side of the pair
     * @param back the server's side
     */
    SplicedPair(TransportFixture fixture, long bytes, Side front, Side back) throws IOException {
        this.front = front;
        this.back = back;
        var target = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        port = fixture.listen(() -> front);
        fixture.handlers.add(back);
        var _ = front.connected.thenAccept(accepted -> {
            accepted.pauseReading();
            accepted.loop().connect(target, SOON, back);
        });
        var _ = back.connected.thenAccept(connected -> join(front.connected.join(), connected, bytes));
        client = TransportFixture.plainClient(port);
        server = listener.accept();
        server.setSoTimeout((int) SOON.toMillis());
        get(back.connected);
    }

    private void join(Connection accepted, Connection connected, long bytes) {
        front.other.complete(connected);
        back.other.complete(accepted);
        accepted.allowSplice(connected, bytes);
        connected.allowSplice(accepted, bytes);
        accepted.resumeReading();
    }

    static CompletableFuture<Void> sendAll(Socket socket, byte[] data) {
        return inBackground(() -> {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
        });
    }

    static CompletableFuture<Void> inBackground(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                Thread::startVirtualThread);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        listener.close();
        port.close();
        get(front.closed);
        get(back.closed);
    }

    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Passes on what is not spliced, the end of input and a reset. */
    static class Side extends RecordingHandler {

        /** Its counterpart in the pair. */
        final CompletableFuture<Connection> other = new CompletableFuture<>();

        Side() {
            var _ = closed.thenAccept(cause -> {
                if (cause.isPresent()) {
                    other.join().reset();
                } else {
                    other.join().close();
                }
            });
        }

        /** How many bytes have arrived, seen or not. */
        long arrived() {
            return receivedSize() + spliced.get();
        }

        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            other.join().write(bytes);
            other.join().flush();
            if (!other.join().isWritable()) {
                connection.pauseReading();
            }
        }

        @Override
        protected void end(Connection connection) {
            other.join().shutdownOutput();
        }

        @Override
        protected void writable(Connection connection) {
            other.join().resumeReading();
        }

        void assertArrived(long count) {
            assertThat(arrived()).isEqualTo(count);
        }
    }
}
