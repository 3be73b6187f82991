package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static io.evenkeel.dataplane.transport.TransportFixture.randomBytes;
import static io.evenkeel.dataplane.transport.TransportFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a connection promises when one side is faster than the other. */
interface BackPressureContract {

    int SIZE = 16 << 20;

    TransportFixture fixture();

    @Test
    default void echoesALotToASlowReader() throws IOException {
        var data = randomBytes(1, SIZE);
        try (var port = fixture().listen(ListeningContract.EchoHandler::new);
                var client = plainClient(port)) {
            var sent = sendAll(client, data);
            // Small reads, and the first only when nothing moves any more.
            var handler = fixture().onlyHandler();
            await().atMost(SOON).until(() -> isStalled(handler));
            assertThat(sent).isNotDone();

            assertThat(readAll(client, SIZE, 3_000)).isEqualTo(data);
            get(sent);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(get(handler.closed)).isEmpty();
        }
    }

    @Test
    default void echoesALotReceivedInSmallPieces() throws IOException {
        var data = randomBytes(2, 4 << 20);
        try (var port = fixture().listen(SlowEchoHandler::new);
                var client = plainClient(port)) {
            var sent = sendAll(client, data);

            assertThat(readAll(client, data.length, 1 << 16)).isEqualTo(data);
            get(sent);
        }
    }

    @Test
    default void tellsWhenToStopWritingAndWhenToGoOn() throws IOException {
        try (var port = fixture().listen(SourceHandler::new);
                var client = plainClient(port)) {
            var source = (SourceHandler) fixture().onlyHandler();
            var connection = get(source.connected);
            run(connection, () -> source.writable(connection));
            await().atMost(SOON).until(() -> !on(connection.loop(), connection::isWritable));
            long whenFull = source.written.get();
            // What the sockets buffer, the water mark, and one piece: far from all.
            assertThat(whenFull).isLessThan(SIZE);

            long received = client.getInputStream().readAllBytes().length;
            assertThat(received).isEqualTo(SourceHandler.TOTAL);
            assertThat(source.writableCalls.get()).isPositive();
        }
    }

    @Test
    default void holdsBackDataAndEndOfInputWhilePaused() throws IOException {
        try (var port = fixture().listen(PausedHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            client.getOutputStream().write(randomBytes(3, 100_000));
            client.shutdownOutput();
            settle(connection);
            assertThat(handler.received()).isEmpty();
            assertThat(handler.ended).isNotDone();
            run(connection, connection::resumeReading);

            get(handler.ended);
            assertThat(handler.received()).isEqualTo(randomBytes(3, 100_000));
        }
    }

    @Test
    default void holdsBackTheEndOfInputAlone() throws IOException {
        try (var port = fixture().listen(PausedHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            client.shutdownOutput();
            settle(connection);
            assertThat(handler.ended).isNotDone();
            run(connection, connection::resumeReading);

            assertThat(get(handler.ended)).isTrue();
        }
    }

    @Test
    default void pausingWithinACallStopsTheNext() throws IOException {
        var data = randomBytes(4, 300_000);
        try (var port = fixture().listen(OneReadAtATimeHandler::new);
                var client = plainClient(port)) {
            var handler = (OneReadAtATimeHandler) fixture().onlyHandler();
            var connection = get(handler.connected);
            var sent = sendAll(client, data);
            while (!handler.ended.isDone()) {
                settle(connection);
                run(connection, () -> {
                    assertThat(handler.callsSincePause).isLessThanOrEqualTo(1);
                    handler.callsSincePause = 0;
                    connection.resumeReading();
                });
            }

            get(sent);
            assertThat(handler.received()).isEqualTo(data);
        }
    }

    /** Lets the loop turn a few times, so that what might come wrongly would have come. */
    private static void settle(Connection connection) {
        for (int i = 0; i < 5; i++) {
            var turned = new CompletableFuture<Boolean>();
            on(
                    connection.loop(),
                    () -> connection.loop().schedule(java.time.Duration.ofMillis(3), () -> turned.complete(true)));
            get(turned);
        }
    }

    private static boolean isStalled(RecordingHandler handler) {
        int before = handler.received().length;
        var connection = get(handler.connected);
        settle(connection);
        return before > 0 && before == handler.received().length;
    }

    private static CompletableFuture<Void> sendAll(Socket socket, byte[] data) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.getOutputStream().write(data);
                        socket.shutdownOutput();
                    } catch (IOException failure) {
                        throw new java.io.UncheckedIOException(failure);
                    }
                },
                Thread::startVirtualThread);
    }

    private static byte[] readAll(Socket socket, int size, int pieceSize) throws IOException {
        var data = new byte[size];
        int position = 0;
        while (position < size) {
            int read = socket.getInputStream().read(data, position, Math.min(pieceSize, size - position));
            assertThat(read).isPositive();
            position += read;
        }
        return data;
    }

    /** Reads only when asked to. */
    class PausedHandler extends RecordingHandler {
        PausedHandler() {
            var _ = connected.thenAccept(Connection::pauseReading);
        }
    }

    /** Pauses after each piece. */
    class OneReadAtATimeHandler extends RecordingHandler {
        int callsSincePause;

        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            callsSincePause++;
            connection.pauseReading();
        }
    }

    /** Pauses after each piece and goes on a turn later. */
    class SlowEchoHandler extends ListeningContract.EchoHandler {
        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            super.data(connection, bytes);
            if (connection.isWritable()) {
                connection.pauseReading();
                connection.loop().execute(connection::resumeReading);
            }
        }
    }

    /** Writes as long as it may, until the total is written. */
    class SourceHandler extends RecordingHandler {
        static final long TOTAL = 4L * SIZE;
        final AtomicLong written = new AtomicLong();
        private final MemorySegment piece = MemorySegment.ofArray(new byte[8_192]);

        @Override
        protected void writable(Connection connection) {
            while (connection.isWritable() && written.get() < TOTAL) {
                connection.write(piece);
                connection.flush();
                written.addAndGet(piece.byteSize());
            }
            if (written.get() >= TOTAL) {
                connection.shutdownOutput();
            }
        }
    }
}
