package io.evenkeel.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Members that speak HTTP/2, frame by frame. */
@OnEveryTransport
class MemberSessionTests {

    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final byte[] GOAWAY_BEFORE_ALL = {0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] REFUSED = {0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 7};
    private static final byte[] INTERNAL_ERROR = {0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2};
    private static final byte[] ANSWER = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x89};
    private static final byte[] MALFORMED = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x82};

    /** The first connection gets the first answer to its request, the next ones the other. */
    private static final class Member implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final byte[] first;
        private final byte[] then;

        private Member(byte[] first, byte[] then) throws IOException {
            this.first = first;
            this.then = then;
            Thread.startVirtualThread(this::acceptAll);
        }

        private void acceptAll() {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    var answer = connections.getAndIncrement() == 0 ? first : then;
                    Thread.startVirtualThread(() -> serve(socket, answer));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static void serve(Socket socket, byte[] answer) {
            try (socket) {
                var in = new DataInputStream(socket.getInputStream());
                socket.getOutputStream().write(SETTINGS);
                var preface = new String(in.readNBytes(24), StandardCharsets.US_ASCII);
                assertThat(preface).isEqualTo(FrameClient.PREFACE);
                while (true) {
                    int head = in.readInt();
                    in.readByte();
                    int streamId = in.readInt();
                    in.readNBytes(head >>> 8);
                    if ((head & 0xff) == FrameClient.HEADERS) {
                        socket.getOutputStream().write(onStream(streamId, answer));
                    }
                }
            } catch (IOException ended) {
                // By whoever asked.
            }
        }

        private static byte[] onStream(int streamId, byte[] answer) {
            var answered = answer.clone();
            answered[8] = (byte) (answer[8] == 0 ? 0 : streamId);
            return answered;
        }

        InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String statusOf(byte[] first, byte[] then) throws IOException {
        try (var member = new Member(first, then);
                var stage = Http2Stage.toHttp2(member.address());
                var client = stage.client()) {
            client.request(1, "POST", "/", true);
            var status = client.answer(1).status();
            client.expectAlive();
            stage.awaitAllReleased();
            return status;
        }
    }

    @Test
    void answersWhatAMemberAnswers() throws IOException {
        assertThat(statusOf(ANSWER, ANSWER)).isEqualTo(":status: 204");
    }

    @Test
    void asksAgainWhatAMemberDidNotLookAt() throws IOException {
        assertThat(statusOf(GOAWAY_BEFORE_ALL, ANSWER)).isEqualTo(":status: 204");
    }

    @Test
    void doesNotAskAgainWhatAMemberMayHaveDone() throws IOException {
        assertThat(statusOf(INTERNAL_ERROR, ANSWER)).isEqualTo(":status: 502");
        assertThat(statusOf(MALFORMED, ANSWER)).isEqualTo(":status: 502");
    }

    @Test
    void givesUpWhereAMemberRefusesAllRequests() throws IOException {
        assertThat(statusOf(REFUSED, REFUSED)).isEqualTo(":status: 502");
    }
}
