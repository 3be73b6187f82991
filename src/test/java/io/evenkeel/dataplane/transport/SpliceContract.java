package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.SplicedPair.inBackground;
import static io.evenkeel.dataplane.transport.SplicedPair.sendAll;
import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.bytes;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static io.evenkeel.dataplane.transport.TransportFixture.randomBytes;
import static io.evenkeel.dataplane.transport.TransportFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.transport.SplicedPair.Side;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a connection promises whose input may be spliced to another connection. */
interface SpliceContract {

    int STREAM = 12 << 20;

    TransportFixture fixture();

    @Test
    default void movesAnyPiecesWithAnyPausesBothWaysAtOnce() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            var up = randomBytes(seed, STREAM);
            var down = randomBytes(seed + 100, STREAM);
            try (var pair = new SplicedPair(fixture())) {
                var sentUp = sendInPieces(pair.client, up, pair.front, seed);
                var sentDown = sendInPieces(pair.server, down, pair.back, seed + 200);
                var readUp = inBackground(() ->
                        assertThat(pair.server.getInputStream().readAllBytes()).isEqualTo(up));

                assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(down);
                get(readUp);
                get(sentUp);
                get(sentDown);
                assertThat(get(pair.front.closed)).isEmpty();
                assertThat(get(pair.back.closed)).isEmpty();
                pair.front.assertArrived(STREAM);
                pair.back.assertArrived(STREAM);
            }
        }
    }

    @Test
    default void holdsAFastSourceBackForASlowReader() throws IOException {
        var data = randomBytes(5, 4 * STREAM);
        try (var pair = new SplicedPair(fixture())) {
            var sent = sendAll(pair.server, data);
            awaitStandstill(pair.back);
            assertThat(sent).isNotDone();
            assertThat(readInPieces(pair.client, data.length, 7_000)).isEqualTo(data);
            get(sent);
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    default void endsOneWayAfterItsLastByteAndKeepsTheOther() throws IOException {
        var up = randomBytes(6, STREAM);
        var down = randomBytes(7, STREAM);
        try (var pair = new SplicedPair(fixture())) {
            var sentUp = sendAll(pair.client, up);
            assertThat(pair.server.getInputStream().readAllBytes()).isEqualTo(up);
            get(sentUp);
            var sentDown = sendAll(pair.server, down);

            assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(down);
            get(sentDown);
            assertThat(get(pair.front.closed)).isEmpty();
            assertThat(get(pair.back.closed)).isEmpty();
        }
    }

    @Test
    default void sendsWhatHadArrivedBeforeItCloses() throws IOException {
        var data = randomBytes(8, 4 * STREAM);
        try (var pair = new SplicedPair(fixture())) {
            var sent = sendAll(pair.server, data);
            awaitStandstill(pair.back);
            var front = get(pair.front.connected);
            long arrived = on(front.loop(), () -> {
                front.close();
                return pair.back.arrived();
            });

            assertThat(arrived).isLessThan(data.length);
            assertThat(pair.client.getInputStream().readAllBytes())
                    .isEqualTo(Arrays.copyOf(data, Math.toIntExact(arrived)));
            assertThat(get(pair.front.closed)).isEmpty();
            pair.server.close();
            assertThat(sent).failsWithin(SOON);
        }
    }

    @Test
    default void passesOnTheResetOfAStreamingSource() throws IOException {
        try (var pair = new SplicedPair(fixture())) {
            var sent = sendAll(pair.server, randomBytes(9, 4 * STREAM));
            awaitStandstill(pair.back);
            TransportFixture.reset(pair.server);

            assertThatThrownBy(() -> pair.client.getInputStream().readAllBytes())
                    .isInstanceOf(IOException.class);
            assertThat(get(pair.back.closed)).isPresent();
            assertThat(sent).failsWithin(SOON);
        }
    }

    @Test
    default void passesOnTheResetOfAReaderInMidStream() throws IOException {
        try (var pair = new SplicedPair(fixture())) {
            var sent = sendAll(pair.server, randomBytes(10, 8 * STREAM));
            readInPieces(pair.client, STREAM, 1 << 16);
            TransportFixture.reset(pair.client);

            assertThat(sent).failsWithin(SOON);
            assertThat(get(pair.front.closed)).isPresent();
            get(pair.back.closed);
        }
    }

    @Test
    default void sendsWhatIsWrittenMeanwhileAfterWhatHadArrived() throws IOException {
        var data = randomBytes(11, 4 * STREAM);
        var back = new InterruptingSide(STREAM);
        try (var pair = new SplicedPair(fixture(), Long.MAX_VALUE, new Side(), back)) {
            var sent = sendAll(pair.server, data);
            awaitStandstill(pair.back);
            var read = pair.client.getInputStream().readAllBytes();

            get(sent);
            int at = Math.toIntExact(get(back.interruptedAt));
            assertThat(Arrays.copyOf(read, at)).isEqualTo(Arrays.copyOf(data, at));
            assertThat(Arrays.copyOfRange(read, at, at + 2)).asString().isEqualTo("!!");
            assertThat(Arrays.copyOfRange(read, at + 2, read.length))
                    .isEqualTo(Arrays.copyOfRange(data, at, data.length));
        }
    }

    @Test
    default void splicesNoMoreThanIsAllowed() throws IOException {
        var data = randomBytes(12, STREAM);
        int allowed = STREAM / 3;
        try (var pair = new SplicedPair(fixture(), allowed, new Side(), new Side())) {
            var sent = sendAll(pair.server, data);

            assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(data);
            get(sent);
            pair.back.assertArrived(STREAM);
            var seen = pair.back.received();
            assertThat(seen).hasSizeGreaterThanOrEqualTo(STREAM - allowed);
            assertThat(Arrays.copyOfRange(seen, seen.length - (STREAM - allowed), seen.length))
                    .isEqualTo(Arrays.copyOfRange(data, allowed, STREAM));
        }
    }

    @Test
    default void splicesNothingWhilePaused() throws IOException {
        var data = randomBytes(13, STREAM);
        var back = new PausingSide(STREAM / 2);
        try (var pair = new SplicedPair(fixture(), Long.MAX_VALUE, new UnhurriedSide(back), back)) {
            var sent = sendAll(pair.server, data);
            var read = CompletableFuture.supplyAsync(
                    () -> readInPieces(pair.client, STREAM, 1 << 16), Thread::startVirtualThread);
            get(back.paused);
            awaitStandstill(back);
            back.assertArrived(back.paused.join());
            assertThat(read).isNotDone();
            var connection = get(back.connected);
            run(connection, () -> {
                back.isResumed = true;
                connection.resumeReading();
            });

            assertThat(get(read)).isEqualTo(data);
            get(sent);
        }
    }

    /** Sends a stream through a pair; returns how much of it the pair saw. */
    default int streamOfWhichIsSeen() throws IOException {
        try (var pair = new SplicedPair(fixture())) {
            var sent = sendAll(pair.server, randomBytes(14, 4 * STREAM));
            assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo(randomBytes(14, 4 * STREAM));
            get(sent);
            return pair.back.receivedSize();
        }
    }

    /** Pieces of one byte to 300,000; now and then one that waits until all before it has arrived. */
    private static CompletableFuture<Void> sendInPieces(Socket socket, byte[] data, Side arriving, long seed) {
        return inBackground(() -> {
            var random = new Random(seed);
            for (int at = 0; at < data.length; ) {
                int size = Math.min(1 + random.nextInt(1 << random.nextInt(1, 19)), data.length - at);
                if (random.nextInt(100) == 0) {
                    int sent = at;
                    await().pollInterval(Duration.ofMillis(2)).atMost(SOON).until(() -> arriving.arrived() >= sent);
                }
                socket.getOutputStream().write(data, at, size);
                at += size;
            }
            socket.shutdownOutput();
        });
    }

    private static byte[] readInPieces(Socket socket, int size, int pieceSize) {
        var data = new byte[size];
        try {
            for (int position = 0; position < size; ) {
                int read = socket.getInputStream().read(data, position, Math.min(pieceSize, size - position));
                assertThat(read).isPositive();
                position += read;
            }
            return data;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Until some bytes have arrived and for a while no more did. */
    private static void awaitStandstill(Side side) {
        await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> {
            long before = side.arrived();
            settle(side.connected.join());
            return before > 0 && before == side.arrived();
        });
    }

    /** Lets the loop turn a few times, so that what might come would have come. */
    private static void settle(Connection connection) {
        for (int i = 0; i < 5; i++) {
            var turned = new CompletableFuture<Boolean>();
            on(connection.loop(), () -> connection.loop().schedule(Duration.ofMillis(10), () -> turned.complete(true)));
            get(turned);
        }
    }

    /** Writes something of its own when so much has arrived. */
    class InterruptingSide extends Side {
        final CompletableFuture<Long> interruptedAt = new CompletableFuture<>();
        private final long after;

        InterruptingSide(long after) {
            this.after = after;
        }

        @Override
        protected void data(Connection connection, MemorySegment piece) {
            super.data(connection, piece);
            interrupt();
        }

        @Override
        protected void spliced(Connection connection) {
            interrupt();
        }

        private void interrupt() {
            if (arrived() >= after && interruptedAt.complete(arrived())) {
                other.join().write(bytes("!!"));
                other.join().flush();
            }
        }
    }

    /** Pauses when so much has arrived. */
    class PausingSide extends Side {
        final CompletableFuture<Long> paused = new CompletableFuture<>();
        volatile boolean isResumed;
        private final long after;

        PausingSide(long after) {
            this.after = after;
        }

        @Override
        protected void data(Connection connection, MemorySegment piece) {
            super.data(connection, piece);
            pause(connection);
        }

        @Override
        protected void spliced(Connection connection) {
            pause(connection);
        }

        private void pause(Connection connection) {
            if (arrived() >= after && paused.complete(arrived())) {
                connection.pauseReading();
            }
        }
    }

    /** Does not end the pause of the other one. */
    class UnhurriedSide extends Side {
        private final PausingSide pausing;

        UnhurriedSide(PausingSide pausing) {
            this.pausing = pausing;
        }

        @Override
        protected void writable(Connection connection) {
            if (!pausing.paused.isDone() || pausing.isResumed) {
                super.writable(connection);
            }
        }
    }
}
