package io.evenkeel.dataplane.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.TransportOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a loop that is turned by hand shares its turns between streams and others. */
class FairTurnsTests {

    private static final int STREAMS = 24;
    private static final int TURNS = 60;
    // Of all together; and who was not known to be a stream is read once.
    private static final int READS_PER_TURN = 16 + STREAMS;

    private final List<Peer> told = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private EpollLoop loop;
    private ServerSocketChannel server;

    /** One side of a connection is the test's; what the loop tells of the other is counted. */
    private final class Peer implements ConnectionHandler {

        private final SocketChannel channel;
        private final ByteBuffer much = ByteBuffer.allocateDirect(256 << 10);
        private boolean isConnected;
        private long received;

        private Peer() throws IOException {
            Connecting.start(loop, (InetSocketAddress) server.getLocalAddress(), Duration.ofSeconds(30), this);
            channel = server.accept();
            channel.configureBlocking(false);
            while (!isConnected) {
                loop.turn();
            }
        }

        private void sendMuch() throws IOException {
            while (channel.write(much.clear()) > 0) {
                // Until it takes no more.
            }
        }

        private void say() throws IOException {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        }

        @Override
        public void onConnected(Connection connection) {
            isConnected = true;
        }

        @Override
        public void onData(Connection from, MemorySegment bytes) {
            received += bytes.byteSize();
            told.add(this);
        }

        @Override
        public void onEndOfInput(Connection connection) {}

        @Override
        public void onClosed(Connection closed, @Nullable IOException cause) {}
    }

    @BeforeEach
    void open() throws IOException {
        assumeTrue(EpollTransport.whyNot().isEmpty(), "no epoll here");
        loop = new EpollLoop(0, TransportOptions.ofLoops(1));
        server = ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (var peer : peers) {
            peer.channel.close();
        }
        server.close();
    }

    private Peer peer() throws IOException {
        var peer = new Peer();
        peers.add(peer);
        return peer;
    }

    private List<Peer> streams() throws IOException {
        var streams = new ArrayList<Peer>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(peer());
        }
        for (var stream : streams) {
            stream.sendMuch();
        }
        // Until the loop has seen that they are streams.
        loop.turn();
        loop.turn();
        return streams;
    }

    @Test
    void readsNoMoreOfAllStreamsInATurnThanOfOne() throws IOException {
        var streams = streams();
        for (int turn = 0; turn < TURNS; turn++) {
            told.clear();
            loop.turn();
            assertThat(told).hasSizeLessThanOrEqualTo(READS_PER_TURN);
            for (var stream : streams) {
                stream.sendMuch();
            }
        }
        assertThat(streams).allSatisfy(stream -> assertThat(stream.received).isGreaterThan(LoopResources.READ_BYTES));
    }

    @Test
    void servesWhatIsSmallBeforeTheStreamsThatWait() throws IOException {
        var other = peer();
        streams();
        for (int turn = 0; turn < TURNS; turn++) {
            other.say();
            told.clear();
            loop.turn();
            assertThat(told.subList(0, told.indexOf(other)))
                    .doesNotHaveDuplicates()
                    .hasSizeLessThan(STREAMS);
        }
    }
}
