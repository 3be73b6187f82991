package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.anyPort;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a listening port promises. */
interface ListeningContract {

    TransportFixture fixture();

    @Test
    default void spreadsConnectionsOverTheLoops() throws IOException {
        var sockets = new ArrayList<Socket>();
        try (var port = fixture().listen(RecordingHandler::new)) {
            for (int i = 0; i < 64; i++) {
                sockets.add(plainClient(port));
            }
            await().atMost(SOON).until(() -> fixture().handlers.size() == 64);

            var perLoop = fixture().handlers.stream()
                    .collect(Collectors.groupingBy(
                            handler -> get(handler.connected).loop().index(), Collectors.counting()));
            assertThat(perLoop.keySet()).containsExactlyInAnyOrder(0, 1);
            assertThat(perLoop.values()).allMatch(count -> count >= 8);
        } finally {
            closeAll(sockets);
        }
    }

    @Test
    default void tellsBothAddressesOfAConnection() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var accepted = get(fixture().onlyHandler().connected);

            assertThat(accepted.localAddress()).isEqualTo(port.localAddress());
            assertThat(accepted.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
        }
    }

    @Test
    default void servesIpv6AsItServesIpv4() throws IOException {
        var loopback = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        assumeTrue(isOfThisHost(loopback), "this machine has no IPv6");
        try (var port = fixture().transport.listen(loopback, connection -> {
                    var handler = new EchoHandler();
                    fixture().handlers.add(handler);
                    handler.connected.complete(connection);
                    return handler;
                });
                var client = plainClient(port)) {
            client.getOutputStream().write(6);

            assertThat(client.getInputStream().read()).isEqualTo(6);
            var accepted = get(fixture().onlyHandler().connected);
            assertThat(accepted.localAddress()).isEqualTo(port.localAddress());
            assertThat(accepted.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            var own = fixture().connect(port.localAddress(), new RecordingHandler());
            assertThat(get(own.connected).localAddress().getAddress()).isEqualTo(loopback.getAddress());
        }
    }

    private static boolean isOfThisHost(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException notHere) {
            return false;
        }
    }

    @Test
    default void refusesAnAddressThatItListensOnAlready() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new)) {
            assertCannotListen(port.localAddress(), Reason.ADDRESS_IN_USE);
            assertCannotListen(
                    new InetSocketAddress("0.0.0.0", port.localAddress().getPort()), Reason.ADDRESS_IN_USE);
            plainClient(port).close();
            get(fixture().onlyHandler().connected);
        }
    }

    @Test
    default void refusesAnAddressThatAnotherSocketListensOn() throws IOException {
        try (var foreign = new ServerSocket(0, 1, anyPort().getAddress())) {
            assertCannotListen((InetSocketAddress) foreign.getLocalSocketAddress(), Reason.ADDRESS_IN_USE);
        }
    }

    @Test
    default void letsNoOtherSocketListenOnItsAddress() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var foreign = new ServerSocket()) {
            assertThatThrownBy(() -> foreign.bind(port.localAddress())).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void neverLetsTwoHaveAnAddressThatAskAtTheSameTime() throws IOException {
        var free = ConnectContract.closedPort();
        for (int round = 0; round < 30; round++) {
            var asked = Stream.generate(() -> CompletableFuture.supplyAsync(() -> tryListen(free), this::startThread))
                    .limit(3)
                    .toList();
            var got = asked.stream()
                    .map(TransportFixture::get)
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(got).hasSizeLessThanOrEqualTo(1);
            got.forEach(Transport.ListeningPort::close);
        }
    }

    @Test
    default void refusesAnAddressThatIsNotOfThisHost() {
        // TEST-NET-1 of RFC 5737.
        assertCannotListen(new InetSocketAddress("192.0.2.1", 18080), Reason.ADDRESS_NOT_AVAILABLE);
    }

    @Test
    default void freesItsAddressWhenClosed() throws IOException {
        var port = fixture().listen(RecordingHandler::new);
        var address = port.localAddress();
        port.close();
        port.close();

        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
        fixture()
                .transport
                .listen(address, connection -> new RecordingHandler())
                .close();
    }

    @Test
    default void leavesAcceptedConnectionsAloneWhenClosed() throws IOException {
        var port = fixture().listen(EchoHandler::new);
        try (var client = plainClient(port)) {
            get(fixture().onlyHandler().connected);
            port.close();

            client.getOutputStream().write("still here".getBytes(US_ASCII));
            assertThat(client.getInputStream().readNBytes(10)).isEqualTo("still here".getBytes(US_ASCII));
        }
    }

    @Test
    default void servesWhatHadConnectedBeforeThePortClosed() throws Exception {
        var port = fixture().listen(EchoHandler::new);
        var sockets = new ArrayList<Socket>();
        var free = new CountDownLatch(1);
        // While the loops stand still, the connections wait in the system's queue.
        for (var loop : fixture().transport.loops()) {
            loop.execute(() -> awaitUninterruptibly(free));
        }
        for (int i = 0; i < 40; i++) {
            sockets.add(plainClient(port));
        }
        var closing = Thread.startVirtualThread(port::close);
        free.countDown();
        closing.join();

        for (var socket : sockets) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
        closeAll(sockets);
    }

    @Test
    default void acceptsTheSilentWhereClientsAreToSpeakFirst() throws IOException {
        try (var port = fixture().transport.listen(anyPort(), speakingFirst());
                var silent = plainClient(port)) {
            for (int i = 0; i < 20; i++) {
                try (var client = plainClient(port)) {
                    client.getOutputStream().write(i);
                    assertThat(client.getInputStream().read()).isEqualTo(i);
                }
            }
            await().atMost(SOON)
                    .until(() -> fixture().handlers.stream()
                            .anyMatch(handler ->
                                    get(handler.connected).remoteAddress().equals(silent.getLocalSocketAddress())));
            silent.getOutputStream().write(7);
            assertThat(silent.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    default void anAcceptorThatFailsLosesThatConnectionOnly() throws IOException {
        var port = fixture().transport.listen(anyPort(), connection -> {
            throw new IllegalStateException("on purpose");
        });
        try (port;
                var client = plainClient(port)) {
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
        }
        assertThat(on(fixture().loop(0), () -> true)).isTrue();
        assertThat(on(fixture().loop(1), () -> true)).isTrue();
    }

    @Test
    default void closingTheTransportClosesConnectionsAndPorts() throws IOException {
        var port = fixture().listen(RecordingHandler::new);
        try (var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            get(handler.connected);
            fixture().transport.close();

            assertThat(get(handler.closed)).isPresent();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        port.close();
    }

    private void assertCannotListen(InetSocketAddress address, Reason reason) {
        assertThatThrownBy(() -> fixture().transport.listen(address, connection -> new RecordingHandler()))
                .asInstanceOf(type(CannotListenException.class))
                .extracting(CannotListenException::reason)
                .isEqualTo(reason);
    }

    private void startThread(Runnable task) {
        Thread.ofPlatform().start(task);
    }

    private Optional<Transport.ListeningPort> tryListen(InetSocketAddress address) {
        try {
            return Optional.of(fixture().transport.listen(address, connection -> new RecordingHandler()));
        } catch (CannotListenException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_IN_USE);
            return Optional.empty();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeAll(Iterable<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** Echoes to clients that are the first to send. */
    default Transport.Acceptor speakingFirst() {
        return new Transport.Acceptor() {
            @Override
            public ConnectionHandler accept(Connection connection) {
                var handler = new EchoHandler();
                fixture().handlers.add(handler);
                handler.connected.complete(connection);
                return handler;
            }

            @Override
            public boolean clientSpeaksFirst() {
                return true;
            }
        };
    }

    /** Sends back what it gets, taking no more than the peer takes. */
    class EchoHandler extends RecordingHandler {

        @Override
        protected void data(Connection connection, MemorySegment bytes) {
            connection.write(bytes);
            connection.flush();
            if (!connection.isWritable()) {
                connection.pauseReading();
            }
        }

        @Override
        protected void writable(Connection connection) {
            connection.resumeReading();
        }

        @Override
        protected void end(Connection connection) {
            connection.shutdownOutput();
        }
    }
}
