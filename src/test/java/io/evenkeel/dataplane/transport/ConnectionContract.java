package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.bytes;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static io.evenkeel.dataplane.transport.TransportFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an established connection promises about writing, ending and breaking. */
interface ConnectionContract {

    TransportFixture fixture();

    @Test
    default void nothingLeavesBeforeAFlush() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var connection = get(fixture().onlyHandler().connected);
            run(connection, () -> connection.write(bytes("written")));
            client.setSoTimeout(50);
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("timed out");
            client.setSoTimeout((int) SOON.toMillis());
            run(connection, connection::flush);

            assertThat(client.getInputStream().readNBytes(7)).isEqualTo(ascii("written"));
        }
    }

    @Test
    default void aWrittenSegmentMayBeReusedAtOnce() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var connection = get(fixture().onlyHandler().connected);
            run(connection, () -> {
                var segment = bytes("first");
                connection.write(segment);
                segment.copyFrom(bytes("other"));
                connection.write(segment);
                connection.flush();
            });

            assertThat(client.getInputStream().readNBytes(10)).isEqualTo(ascii("firstother"));
        }
    }

    @Test
    default void sendsAnyPieceOfWhatArrivedUnchanged() throws IOException {
        try (var port = fixture().listen(HalvesSwappedHandler::new);
                var client = plainClient(port)) {
            client.getOutputStream().write(ascii("abcdefgh"));

            assertThat(client.getInputStream().readNBytes(8)).isEqualTo(ascii("efghabcd"));
        }
    }

    @Test
    default void whatArrivesCannotBeWrittenTo() throws IOException {
        try (var port = fixture().listen(WritingToInputHandler::new);
                var client = plainClient(port)) {
            client.getOutputStream().write(1);

            assertThat(get(fixture().onlyHandler().closed))
                    .get()
                    .extracting(Throwable::getCause)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    default void writesOnAfterThePeerEndedItsSide() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            client.getOutputStream().write(ascii("question"));
            client.shutdownOutput();
            get(handler.ended);
            assertThat(handler.received()).isEqualTo(ascii("question"));
            run(connection, () -> {
                connection.write(bytes("answer"));
                connection.shutdownOutput();
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ascii("answer"));
            assertThat(get(handler.closed)).isEmpty();
        }
    }

    @Test
    default void readsOnAfterItEndedItsOwnSide() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            run(connection, () -> {
                connection.write(bytes("question"));
                connection.shutdownOutput();
                connection.write(bytes("too late"));
                connection.flush();
            });
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ascii("question"));
            client.getOutputStream().write(ascii("answer"));
            await().atMost(SOON).until(() -> handler.received().length == 6);
            assertThat(connection.isOpen()).isTrue();
            client.shutdownOutput();

            assertThat(get(handler.ended)).isTrue();
            assertThat(get(handler.closed)).isEmpty();
        }
    }

    @Test
    default void closesAfterWhatWasWritten() throws IOException {
        var data = TransportFixture.randomBytes(7, 4 << 20);
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var connection = get(fixture().onlyHandler().connected);
            run(connection, () -> {
                connection.write(MemorySegment.ofArray(data));
                connection.close();
                connection.write(bytes("ignored"));
                connection.flush();
                connection.shutdownOutput();
                assertThat(connection.isOpen()).isFalse();
                assertThat(connection.isWritable()).isFalse();
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
            assertThat(get(fixture().onlyHandler().closed)).isEmpty();
        }
    }

    @Test
    default void closeDuringShutdownStillSendsEverything() throws IOException {
        var data = TransportFixture.randomBytes(8, 4 << 20);
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var connection = get(fixture().onlyHandler().connected);
            run(connection, () -> {
                connection.write(MemorySegment.ofArray(data));
                connection.shutdownOutput();
                connection.close();
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
            assertThat(get(fixture().onlyHandler().closed)).isEmpty();
        }
    }

    @Test
    default void resetIsSeenByThePeer() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var connection = get(fixture().onlyHandler().connected);
            run(connection, () -> {
                connection.reset();
                connection.reset();
                connection.close();
            });

            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(get(fixture().onlyHandler().closed)).isEmpty();
        }
    }

    @Test
    default void aResetByThePeerClosesWithItsCause() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            get(handler.connected);
            TransportFixture.reset(client);

            assertThat(get(handler.closed))
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("reset");
            assertThat(handler.ended).isNotDone();
        }
    }

    @Test
    default void aResetAfterTheEndOfInputShowsWithTheNextWriteAtTheLatest() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            client.shutdownOutput();
            get(handler.ended);
            TransportFixture.reset(client);
            run(connection, () -> {
                connection.write(bytes("anybody there?"));
                connection.flush();
            });

            assertThat(get(handler.closed)).isPresent();
        }
    }

    @Test
    default void aHandlerThatFailsLosesItsConnectionOnly() throws IOException {
        try (var port = fixture().listen(FailingHandler::new);
                var bad = plainClient(port);
                var good = plainClient(port)) {
            await().atMost(SOON).until(() -> fixture().handlers.size() == 2);
            bad.getOutputStream().write('!');
            assertThatThrownBy(() -> bad.getInputStream().read()).hasMessageContaining("reset");
            good.getOutputStream().write('.');

            assertThat(good.getInputStream().read()).isEqualTo('.');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Fails on '!', echoes anything else. */
    class FailingHandler extends RecordingHandler {
        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            if (bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0) == '!') {
                throw new IllegalStateException("on purpose");
            }
            connection.write(bytes);
            connection.flush();
        }
    }

    /** Sends the second half of what came, then the first. */
    class HalvesSwappedHandler extends RecordingHandler {
        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            long half = bytes.byteSize() / 2;
            connection.write(bytes.asSlice(half));
            connection.write(bytes.asSlice(0, half));
            connection.flush();
        }
    }

    /** Breaks the rule that input is read-only. */
    class WritingToInputHandler extends RecordingHandler {
        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            bytes.fill((byte) 0);
        }
    }
}
