package io.evenkeel.dataplane.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.ResourceKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks real ports of three loops. */
@OnEveryTransport
class ProverTests {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Question QUESTION = new Question(ResourceKind.POOL, UUID.randomUUID());

    private final Transport transport = TestTransports.open(3);
    private final Outstanding outstanding = new Outstanding();
    private final ConcurrentLinkedQueue<Claim> proved = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unproved = new ConcurrentLinkedQueue<>();
    private final Set<Integer> askedLoops = ConcurrentHashMap.newKeySet();
    private final AtomicInteger clients = new AtomicInteger();
    /** Of each loop. */
    private final ConcurrentHashMap<Integer, Long> held = new ConcurrentHashMap<>();

    private final Prover prover = new Prover(outstanding, new Prover.Listener() {
        @Override
        public void onProved(Claim claim) {
            proved.add(claim);
        }

        @Override
        public void onUnproved(Claim claim, String why) {
            unproved.add(why);
        }
    });

    @AfterEach
    void close() {
        prover.stop();
        transport.close();
        prover.close();
    }

    private long heldHere(Question question) {
        assertThat(question).isEqualTo(QUESTION);
        int loop = transport.loops().stream()
                .filter(EventLoop::isCurrentThread)
                .findFirst()
                .orElseThrow()
                .index();
        askedLoops.add(loop);
        return held.getOrDefault(loop, 7L);
    }

    /** Greets whoever comes, or waits for his first word before that. */
    private Target listen(boolean clientSpeaksFirst) throws IOException {
        var port = transport.listen(
                ANYWHERE, new ProvenPort(outstanding, this::heldHere).before(new Greeter(clientSpeaksFirst)));
        return new Target(
                port.localAddress(),
                false,
                transport.loops().stream().map(EventLoop::index).toList());
    }

    private static Claim claim(long generation, Target... targets) {
        return new Claim(QUESTION, generation, List.of(targets));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksEveryLoopOfAPort(boolean clientSpeaksFirst) throws IOException {
        var target = listen(clientSpeaksFirst);
        prover.examine(claim(7, target));
        await().untilAsserted(() -> assertThat(proved).hasSize(1));
        assertThat(askedLoops).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(clients).hasValue(0);
        assertThat(target.knownSourcePorts()).hasSize(3);

        askedLoops.clear();
        prover.examine(claim(6, target));
        await().untilAsserted(() -> assertThat(proved).hasSize(2));
        assertThat(askedLoops).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(unproved).isEmpty();
    }

    @Test
    void tellsWhichLoopHoldsAnOlderGeneration() throws IOException {
        held.put(1, 6L);
        prover.examine(claim(7, listen(false)));
        await().untilAsserted(() -> assertThat(unproved).hasSize(1));
        assertThat(unproved.peek()).contains("Event loop 1", "generation 6");
        assertThat(proved).isEmpty();
    }

    @Test
    void tellsThatNobodyAnswersAtAClosedPort() throws IOException {
        var port = transport.listen(ANYWHERE, new Greeter(false));
        port.close();
        prover.examine(claim(7, new Target(port.localAddress(), false, List.of(0, 1, 2))));
        await().untilAsserted(() -> assertThat(unproved).hasSize(1));
        assertThat(unproved.peek())
                .contains("No answer", "port " + port.localAddress().getPort());
    }

    @Test
    void tellsThatAnotherThanThisWorkerAnswers() throws IOException {
        var port = transport.listen(ANYWHERE, new Greeter(false));
        prover.examine(claim(7, new Target(port.localAddress(), false, List.of(0, 1, 2))));
        await().untilAsserted(() -> assertThat(unproved).hasSize(1));
        assertThat(proved).isEmpty();
    }

    @Test
    void asksEveryLoopThatTakesDatagrams() throws IOException {
        var heard = new AtomicInteger();
        var opened = ConcurrentHashMap.<Integer>newKeySet();
        var free = transport.bind(ANYWHERE, port -> new Echo(port, heard));
        var address = free.localAddress();
        free.close();
        var target = new Target(address, true, List.of());
        transport.bind(address, new ProvenPort(outstanding, this::heldHere).before(target, port -> {
                    opened.add(port.loop().index());
                    return new Echo(port, heard);
                }));
        await().untilAsserted(() -> assertThat(opened).isNotEmpty());
        prover.examine(claim(7, target));
        await().untilAsserted(() -> assertThat(proved).hasSize(1));
        assertThat(askedLoops).isEqualTo(opened);
        assertThat(heard).hasValue(0);
    }

    @Test
    void leavesClientsToThoseWhoServeThem() throws IOException {
        var target = listen(false);
        for (int i = 0; i < 200; i++) {
            prover.examine(claim(i % 7, target));
            try (var client =
                    new Socket(target.address().getAddress(), target.address().getPort())) {
                assertThat(client.getInputStream().readAllBytes())
                        .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(clients).hasValue(200);
        await().untilAsserted(() -> assertThat(proved).isNotEmpty());
        assertThat(unproved).isEmpty();
    }

    @Test
    void forgetsWhatIsDropped() throws IOException {
        var target = listen(false);
        prover.examine(claim(1, target));
        prover.drop(QUESTION);
        prover.examine(claim(2, target));
        await().untilAsserted(() ->
                assertThat(proved).extracting(Claim::generation).last().isEqualTo(2L));
    }

    private final class Greeter implements Transport.Acceptor, ConnectionHandler {
        private final boolean waits;

        private Greeter(boolean waits) {
            this.waits = waits;
        }

        @Override
        public ConnectionHandler accept(Connection connection) {
            clients.incrementAndGet();
            try (var arena = Arena.ofConfined()) {
                connection.write(
                        arena.allocateFrom(ValueLayout.JAVA_BYTE, "hello".getBytes(StandardCharsets.US_ASCII)));
                connection.shutdownOutput();
            }
            return this;
        }

        @Override
        public boolean clientSpeaksFirst() {
            return waits;
        }

        @Override
        public void onData(Connection connection, MemorySegment bytes) {}

        @Override
        public void onEndOfInput(Connection connection) {}

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }

    private record Echo(DatagramPort port, AtomicInteger heard) implements DatagramPort.Handler {

        @Override
        public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
            heard.incrementAndGet();
            port.send(bytes, from);
        }

        @Override
        public void onClosed() {}
    }
}
