package io.evenkeel.dataplane.transport.epoll;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.transport.RecordingHandler;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.TransportContractTests;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isSupported")
class EpollContractTests extends TransportContractTests {

    private static long pipesBefore;

    EpollContractTests() {
        super(open());
    }

    private static Transport open() {
        pipesBefore = pipes();
        return EpollTransport.open(OPTIONS);
    }

    static boolean isSupported() {
        return EpollTransport.whyNot().isEmpty();
    }

    @Test
    void noticesAResetAfterTheEndOfInputWithoutWriting() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            get(handler.connected);
            client.shutdownOutput();
            get(handler.ended);
            TransportFixture.reset(client);

            assertThat(get(handler.closed)).isPresent();
        }
    }

    @Test
    void splicesALongStream() throws IOException {
        assertThat(seenOfAStream()).isLessThan(2 << 20);
    }

    @Test
    void readsWhatComesAfterUrgentData() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            var connection = get(handler.connected);
            TransportFixture.run(connection, connection::pauseReading);
            client.getOutputStream().write(new byte[1_000]);
            client.sendUrgentData(1);
            client.getOutputStream().write(new byte[1_000]);
            TransportFixture.run(connection, connection::resumeReading);

            // Nothing else comes, by which the rest might be noticed.
            await().atMost(SOON).until(() -> handler.receivedSize() == 2_000);
        }
    }

    @Test
    void keepsLittleInTheSystemForAClientThatDoesNotRead() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = new Socket()) {
            client.setReceiveBufferSize(4 << 10);
            client.connect(port.localAddress());
            var connection = get(fixture().onlyHandler().connected);
            int piece = 64 << 10;
            int written = on(connection.loop(), () -> {
                int count = 0;
                while (connection.isWritable()) {
                    connection.write(MemorySegment.ofArray(new byte[piece]));
                    connection.flush();
                    count += piece;
                }
                return count;
            });

            assertThat(written).isLessThan(1 << 20);
        }
    }

    @Override
    protected void afterClose() {
        assertThat(pipes()).as("open ends of pipes").isEqualTo(pipesBefore);
    }

    private static long pipes() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(EpollContractTests::isPipe).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
