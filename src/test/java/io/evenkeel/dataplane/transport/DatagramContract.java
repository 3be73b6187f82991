package io.evenkeel.dataplane.transport;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static io.evenkeel.dataplane.transport.TransportFixture.anyPort;
import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.on;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static io.evenkeel.dataplane.transport.TransportFixture.randomBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What UDP sockets promise. */
interface DatagramContract {

    TransportFixture fixture();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void answersFromTheBoundAddress(String literal) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
        assumeTrue(isOfThisHost(address), "this machine has no IPv6");
        try (var port = fixture().transport.bind(address, Echo::new);
                var client = client(port.localAddress())) {
            assertThat(port.localAddress().getAddress()).isEqualTo(address.getAddress());
            assertThat(ask(client, "hello".getBytes(US_ASCII))).isEqualTo("hello".getBytes(US_ASCII));
            // As long as a datagram can be over IPv4.
            var large = randomBytes(3, 65_507);
            assertThat(ask(client, large)).isEqualTo(large);
        }
    }

    @Test
    default void bringsAllDatagramsOfAClientToOneLoop() throws IOException {
        Map<InetSocketAddress, Set<Integer>> loops = new ConcurrentHashMap<>();
        try (var port = fixture().transport.bind(anyPort(), side -> new Echo(side) {
            @Override
            public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
                assertThat(side.loop().isCurrentThread()).isTrue();
                loops.computeIfAbsent(from, client -> ConcurrentHashMap.newKeySet())
                        .add(side.loop().index());
                super.onDatagram(from, bytes);
            }
        })) {
            for (int i = 0; i < 48; i++) {
                try (var client = client(port.localAddress())) {
                    for (int j = 0; j < 4; j++) {
                        ask(client, new byte[] {(byte) i, (byte) j});
                    }
                }
            }
        }
        assertThat(loops.values()).isNotEmpty().allMatch(ofClient -> ofClient.size() == 1);
    }

    @Test
    default void refusesAUdpAddressThatIsTakenAndTakesOneOfTcp() throws IOException {
        try (var port = fixture().transport.bind(anyPort(), Echo::new);
                var tcp = fixture().transport.listen(port.localAddress(), connection -> {
                    var handler = new RecordingHandler();
                    handler.connected.complete(connection);
                    fixture().handlers.add(handler);
                    return handler;
                })) {
            assertCannotBind(port.localAddress(), Reason.ADDRESS_IN_USE);
            assertThatThrownBy(() -> new DatagramSocket(port.localAddress())).isInstanceOf(SocketException.class);
            plainClient(tcp).close();
            try (var client = client(port.localAddress())) {
                assertThat(ask(client, new byte[] {1})).containsExactly(1);
            }
        }
        try (var foreign = new DatagramSocket(anyPort())) {
            assertCannotBind((InetSocketAddress) foreign.getLocalSocketAddress(), Reason.ADDRESS_IN_USE);
        }
        assertCannotBind(new InetSocketAddress("192.0.2.1", 9), Reason.ADDRESS_NOT_AVAILABLE);
    }

    @Test
    default void freesTheUdpAddressAndSaysSoOnceForEachSocket() throws IOException {
        var opened = new AtomicInteger();
        var closed = new AtomicInteger();
        var port = fixture().transport.bind(anyPort(), side -> {
            opened.incrementAndGet();
            return new Echo(side) {
                @Override
                public void onClosed() {
                    closed.incrementAndGet();
                }
            };
        });
        try (var client = client(port.localAddress())) {
            ask(client, new byte[] {1});
        }
        port.close();
        new DatagramSocket(port.localAddress()).close();
        port.close();
        await().atMost(SOON).untilAsserted(() -> assertThat(closed).hasValue(opened.get()));
        assertThat(opened.get()).isBetween(1, 2);
    }

    @Test
    default void survivesAHandlerOfDatagramsThatThrows() throws IOException {
        try (var port = fixture().transport.bind(anyPort(), side -> new Echo(side) {
                    @Override
                    public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
                        if (bytes.get(ValueLayout.JAVA_BYTE, 0) == 0) {
                            throw new IllegalStateException("as the test wants it");
                        }
                        super.onDatagram(from, bytes);
                    }
                });
                var client = client(port.localAddress())) {
            client.send(new DatagramPacket(new byte[1], 1));
            assertThat(ask(client, new byte[] {1})).containsExactly(1);
        }
    }

    @Test
    default void sendsManyOfAnySizeInOrder() throws IOException {
        try (var port = fixture().transport.bind(anyPort(), side -> new Echo(side) {
                    @Override
                    public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
                        for (int i = 0; i < 100; i++) {
                            side.send(MemorySegment.ofArray(numbered(i)), from);
                        }
                    }
                });
                var client = client(port.localAddress())) {
            assertThat(ask(client, new byte[1])).isEqualTo(numbered(0));
            for (int i = 1; i < 100; i++) {
                var datagram = receive(client);
                assertThat(Arrays.copyOf(datagram.getData(), datagram.getLength()))
                        .isEqualTo(numbered(i));
            }
        }
    }

    @Test
    default void tellsOfWhatTheSystemDoesNotTakeAndSendsTheRest() throws IOException {
        var thrownAway = new AtomicInteger();
        var elsewhere = new InetSocketAddress("192.0.2.1", 9);
        try (var port = fixture().transport.bind(anyPort(), side -> new Echo(side) {
                    @Override
                    public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
                        send(1, from);
                        // Not to be reached from the loopback address.
                        send(2, elsewhere);
                        send(3, from);
                        send(4, elsewhere);
                    }

                    private void send(int number, InetSocketAddress to) {
                        if (!side.send(MemorySegment.ofArray(numbered(number)), to)) {
                            thrownAway.incrementAndGet();
                        }
                    }

                    @Override
                    public void onRefused(int count) {
                        thrownAway.addAndGet(count);
                    }
                });
                var client = client(port.localAddress())) {
            assertThat(ask(client, new byte[1])).isEqualTo(numbered(1));
            assertThat(receive(client).getData()[0]).isEqualTo((byte) 3);
            await().atMost(SOON).untilAsserted(() -> assertThat(thrownAway).hasValue(2));
        }
    }

    @Test
    default void servesBothFamiliesOnOneLoop() throws IOException {
        var ipv6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        assumeTrue(isOfThisHost(ipv6), "this machine has no IPv6");
        try (var port4 = fixture().transport.bind(anyPort(), Echo::new);
                var port6 = fixture().transport.bind(ipv6, Echo::new)) {
            for (int i = 0; i < 40; i++) {
                try (var client4 = client(port4.localAddress());
                        var client6 = client(port6.localAddress())) {
                    assertThat(ask(client4, numbered(i))).isEqualTo(numbered(i));
                    assertThat(ask(client6, numbered(i))).isEqualTo(numbered(i));
                }
            }
        }
    }

    @Test
    default void talksToOneRemoteAddressOnly() throws Exception {
        var heard = new Heard();
        try (var server = new DatagramSocket(anyPort());
                var stranger = new DatagramSocket(anyPort())) {
            server.setSoTimeout((int) SOON.toMillis());
            var peer = open((InetSocketAddress) server.getLocalSocketAddress(), heard);
            assertThat(send(peer, "question")).isTrue();
            var question = receive(server);
            stranger.send(new DatagramPacket("lie".getBytes(US_ASCII), 3, question.getSocketAddress()));
            server.send(new DatagramPacket("answer".getBytes(US_ASCII), 6, question.getSocketAddress()));

            assertThat(heard.next()).isEqualTo("answer");
            close(peer);
            assertThat(send(peer, "too late")).isFalse();
            assertThat(heard.unreachable).isNotDone();
        }
    }

    @Test
    default void tellsThatNobodyHasThePort() throws Exception {
        InetSocketAddress nowhere;
        try (var server = new DatagramSocket(anyPort())) {
            nowhere = (InetSocketAddress) server.getLocalSocketAddress();
        }
        var heard = new Heard();
        var peer = open(nowhere, heard);
        assertThat(send(peer, "anyone?")).isTrue();
        assertThat(get(heard.unreachable)).isInstanceOf(IOException.class);
        close(peer);

        var late = new Heard();
        var silent = open(nowhere, late);
        assertThat(on(fixture().loop(0), () -> {
                    silent.send(TransportFixture.bytes("anyone?"));
                    silent.close();
                    return true;
                }))
                .isTrue();
        assertThat(on(fixture().loop(0), () -> true)).isTrue();
        assertThat(late.unreachable).isNotDone();
    }

    @Test
    default void manySocketsOfALoopKeepTheirAnswersApart() throws Exception {
        try (var port = fixture().transport.bind(anyPort(), Echo::new)) {
            var all = new ArrayList<Heard>();
            var peers = new ArrayList<DatagramPeer>();
            for (int i = 0; i < 100; i++) {
                all.add(new Heard());
                peers.add(open(port.localAddress(), all.get(i)));
            }
            for (int i = 0; i < 100; i++) {
                send(peers.get(i), "I am " + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(all.get(i).next()).isEqualTo("I am " + i);
                close(peers.get(i));
            }
            assertThat(all).allMatch(heard -> heard.datagrams.isEmpty());
        }
    }

    /** Of 1 to 3,000 bytes. */
    private static byte[] numbered(int number) {
        var bytes = randomBytes(number, number % 10 == 9 ? 3_000 : 1 + 7 * number);
        bytes[0] = (byte) number;
        return bytes;
    }

    private DatagramPeer open(InetSocketAddress target, DatagramPeer.Handler handler) {
        return on(fixture().loop(0), () -> fixture().loop(0).connectDatagrams(target, handler));
    }

    private boolean send(DatagramPeer peer, String text) {
        return on(fixture().loop(0), () -> peer.send(TransportFixture.bytes(text)));
    }

    private void close(DatagramPeer peer) {
        assertThat(on(fixture().loop(0), () -> {
                    peer.close();
                    return true;
                }))
                .isTrue();
    }

    private void assertCannotBind(InetSocketAddress address, Reason reason) {
        assertThatThrownBy(() -> fixture().transport.bind(address, Echo::new))
                .asInstanceOf(type(CannotListenException.class))
                .extracting(CannotListenException::reason)
                .isEqualTo(reason);
    }

    private static DatagramSocket client(InetSocketAddress server) throws IOException {
        var socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(server);
        return socket;
    }

    private static byte[] ask(DatagramSocket client, byte[] question) throws IOException {
        client.send(new DatagramPacket(question, question.length));
        var answer = receive(client);
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
        socket.receive(packet);
        return packet;
    }

    private static boolean isOfThisHost(InetSocketAddress address) {
        try (var socket = new DatagramSocket(address)) {
            return socket.isBound();
        } catch (IOException notHere) {
            return false;
        }
    }

    /** Sends back what it gets. */
    class Echo implements DatagramPort.Handler {

        private final DatagramPort port;

        Echo(DatagramPort port) {
            this.port = port;
        }

        @Override
        public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
            port.send(bytes, from);
        }

        @Override
        public void onClosed() {}
    }

    /** What a socket of one remote address heard. */
    final class Heard implements DatagramPeer.Handler {

        final BlockingQueue<String> datagrams = new LinkedBlockingQueue<>();
        final CompletableFuture<IOException> unreachable = new CompletableFuture<>();

        String next() throws InterruptedException {
            return String.valueOf(datagrams.poll(SOON.toSeconds(), TimeUnit.SECONDS));
        }

        @Override
        public void onDatagram(MemorySegment bytes) {
            datagrams.add(new String(bytes.toArray(ValueLayout.JAVA_BYTE), US_ASCII));
        }

        @Override
        public void onUnreachable(IOException cause) {
            unreachable.complete(cause);
        }
    }
}
