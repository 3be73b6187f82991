package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.anyPort;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What an outgoing connection promises until it is established. */
interface ConnectContract {

    TransportFixture fixture();

    @Test
    default void connectsOnTheLoopThatWasAsked() throws IOException {
        try (var server = new ServerSocket(0, 1, anyPort().getAddress())) {
            var target = (InetSocketAddress) server.getLocalSocketAddress();
            var connection = get(fixture().connect(target, new RecordingHandler()).connected);
            try (var peer = server.accept()) {
                assertThat(connection.loop()).isSameAs(fixture().loop(0));
                assertThat(connection.remoteAddress()).isEqualTo(target);
                assertThat(connection.localAddress()).isEqualTo(peer.getRemoteSocketAddress());
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    @Test
    default void callsNothingBeforeConnectHasReturned() throws IOException {
        try (var server = new ServerSocket(0, 2, anyPort().getAddress())) {
            var open = (InetSocketAddress) server.getLocalSocketAddress();
            for (var target : new InetSocketAddress[] {open, closedPort()}) {
                var handler = new RecordingHandler();
                fixture().handlers.add(handler);
                boolean isCalledWithin = on(fixture().loop(0), () -> {
                    fixture().loop(0).connect(target, TransportFixture.SOON, handler);
                    return handler.connected.isDone() || handler.connectFailed.isDone();
                });
                assertThat(isCalledWithin).isFalse();
            }
            get(fixture().handlers.get(0).connected);
            get(fixture().handlers.get(1).connectFailed);
        }
    }

    @Test
    default void reportsARefusedConnect() throws IOException {
        var handler = fixture().connect(closedPort(), new RecordingHandler());

        assertThat(get(handler.connectFailed))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("refused");
        assertThat(on(fixture().loop(0), handler.connected::isDone)).isFalse();
        assertThat(handler.closedCalls).hasValue(0);
    }

    @Test
    default void reportsAConnectThatTakesTooLong() throws IOException {
        var queue = new ArrayList<Socket>();
        // A listener that accepts nothing: once its queue is full, the system drops further attempts.
        try (var server = new ServerSocket(0, 1, anyPort().getAddress())) {
            var target = (InetSocketAddress) server.getLocalSocketAddress();
            for (int i = 0; i < 3; i++) {
                var socket = java.nio.channels.SocketChannel.open();
                socket.configureBlocking(false);
                socket.connect(target);
                queue.add(socket.socket());
            }
            var handler = new RecordingHandler();
            fixture().handlers.add(handler);
            fixture().loop(0).connect(target, Duration.ofMillis(200), handler);

            assertThat(get(handler.connectFailed)).hasMessageContaining("timed out");
            assertThat(handler.connected).isNotDone();
        } finally {
            for (var socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    default void aHandlerThatFailsOnConnectLosesItsConnection() throws IOException {
        try (var server = new ServerSocket(0, 1, anyPort().getAddress())) {
            var handler = new RecordingHandler() {
                @Override
                public void onConnected(Connection connection) {
                    super.onConnected(connection);
                    throw new IllegalStateException("on purpose");
                }
            };
            fixture().connect((InetSocketAddress) server.getLocalSocketAddress(), handler);

            assertThat(get(handler.closed))
                    .get()
                    .extracting(Throwable::getCause)
                    .isNotNull();
            assertThat(on(fixture().loop(0), () -> true)).isTrue();
        }
    }

    static InetSocketAddress closedPort() throws IOException {
        try (var server = new ServerSocket(0, 1, anyPort().getAddress())) {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }
    }
}
