package io.evenkeel.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.tls.boringssl.TicketKeys;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many connections at once, with pauses, pieces and endings where chance puts them. */
@OnEveryTransport
class TlsStressTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final AtomicInteger open = new AtomicInteger();
    private final ListenerTraffic traffic = new Traffic(2).of(UUID.randomUUID(), UUID.randomUUID());
    private Transport transport;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws Exception {
        var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
        var context = ServerContext.of(UUID.randomUUID(), tls, List.of(), TlsStates.KEYS, new TicketKeys(0));
        transport = TestTransports.open(2);
        address = transport
                .listen(ANY_PORT, new TlsAcceptor(() -> context, this::echo, traffic))
                .localAddress();
    }

    private ConnectionHandler echo(Connection connection) {
        open.incrementAndGet();
        return new MoodyEcho(new Random(connection.remoteAddress().getPort()));
    }

    @AfterEach
    void close() {
        transport.close();
        assertThat(open).hasValue(0);
    }

    @Test
    void everyByteComesBackInOrderWhateverTheOthersDo() {
        var clients = new ArrayList<CompletableFuture<Void>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 60; number++) {
                int seed = number;
                clients.add(CompletableFuture.runAsync(() -> talk(new Random(seed)), threads));
            }
            clients.forEach(CompletableFuture::join);
        }
    }

    private void talk(Random random) {
        var protocol = random.nextBoolean() ? "TLSv1.2" : "TLSv1.3";
        try (var client = TlsClients.anonymous().socket(address, null, protocol)) {
            for (int round = 0; round < 10; round++) {
                var bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 120_000)];
                random.nextBytes(bytes);
                var sending = CompletableFuture.runAsync(() -> write(client, bytes));
                var back = client.getInputStream().readNBytes(bytes.length);
                sending.join();
                assertThat(Arrays.equals(back, bytes)).isTrue();
            }
            if (random.nextInt(4) == 0) {
                // A client that is gone in the middle of something.
                client.getOutputStream().write(new byte[50_000]);
                client.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends back what comes, in one piece or two, and does not always want to read on at once. */
    private final class MoodyEcho implements ConnectionHandler {

        private final Random random;

        private MoodyEcho(Random random) {
            this.random = random;
        }

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            long cut = random.nextLong(bytes.byteSize() + 1);
            connection.write(bytes.asSlice(0, cut));
            if (random.nextBoolean()) {
                connection.flush();
            }
            connection.write(bytes.asSlice(cut));
            connection.flush();
            if (!connection.isWritable()) {
                connection.pauseReading();
            } else if (random.nextInt(3) == 0) {
                connection.pauseReading();
                connection.loop().execute(connection::resumeReading);
            }
        }

        @Override
        public void onWritable(Connection connection) {
            connection.resumeReading();
        }

        @Override
        public void onEndOfInput(Connection connection) {
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {
            open.decrementAndGet();
        }
    }
}
