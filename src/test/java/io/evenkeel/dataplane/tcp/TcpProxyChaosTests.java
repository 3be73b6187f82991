package io.evenkeel.dataplane.tcp;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients and members that do anything at any time. Whatever happens, every pick is released once, nothing stays open,
 * and what an echoing member sent back is the beginning of what its client sent.
 */
@OnEveryTransport
class TcpProxyChaosTests {

    private static final int CLIENTS = 300;
    private static final int AT_ONCE = 24;

    private final AtomicInteger echoed = new AtomicInteger();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void releasesEveryPickOnceAndLeavesNothingOpen(long seed) throws Exception {
        var servers = new ArrayList<MemberServer>();
        try (var fixture = new TcpProxyFixture(Duration.ofMillis(150));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            // Ends the sessions in which both sides wait for each other.
            fixture.keepaliveTimeout(Duration.ofMillis(400));
            addMembers(fixture, servers, seed);
            var random = new Random(seed);
            var slots = new Semaphore(AT_ONCE);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                slots.acquire();
                long clientSeed = random.nextLong();
                runs.add(clients.submit(() -> runClient(fixture, clientSeed, slots)));
                disturb(fixture, random);
            }
            for (var run : runs) {
                run.get();
            }

            fixture.awaitBalance();
            assertThat(fixture.pool.picks.get()).isGreaterThan(CLIENTS);
            assertThat(echoed).as("sessions that were echoed").hasPositiveValue();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(servers).allMatch(server -> server.accepted.get() == server.finished.get()));
        } finally {
            for (var server : servers) {
                server.close();
            }
        }
    }

    private void addMembers(TcpProxyFixture fixture, List<MemberServer> servers, long seed) throws IOException {
        var behaviours = new Random(seed + 1_000);
        for (int i = 0; i < 5; i++) {
            servers.add(MemberServer.running(socket -> behave(socket, new Random(nextSeed(behaviours)))));
        }
        servers.add(MemberServer.hanging());
        for (var server : servers) {
            fixture.pool.add(server.address());
        }
        fixture.pool.add(MemberServer.nowhere());
    }

    /** The first byte tells what the member does: 'e' for an echo. */
    private static void behave(Socket socket, Random random) throws IOException {
        var in = socket.getInputStream();
        var out = socket.getOutputStream();
        int behaviour = random.nextInt(8);
        out.write(behaviour < 3 ? 'e' : 'x');
        switch (behaviour) {
            case 0, 1, 2 -> MemberServer.echo(socket);
            case 3 -> TransportFixture.reset(socket);
            case 4 -> {
                in.readNBytes(random.nextInt(100_000));
                TransportFixture.reset(socket);
            }
            case 5 -> {
                out.write(new byte[random.nextInt(1_000_000)]);
                socket.shutdownOutput();
                in.readAllBytes();
            }
            case 6 -> in.readNBytes(random.nextInt(10_000));
            default -> out.write(new byte[2_000_000]);
        }
    }

    private void runClient(TcpProxyFixture fixture, long seed, Semaphore slots) {
        var random = new Random(seed);
        try (var client = fixture.connect()) {
            var data = TransportFixture.randomBytes(seed, random.nextInt(600_000));
            boolean isEnding = random.nextInt(4) > 0;
            Thread.startVirtualThread(() -> send(client, data, isEnding));
            switch (random.nextInt(5)) {
                case 0 -> TransportFixture.reset(client);
                case 1 -> client.getInputStream().readNBytes(random.nextInt(100_000));
                case 2 -> {
                    client.getInputStream().readNBytes(random.nextInt(50_000));
                    TransportFixture.reset(client);
                }
                default -> readAnswer(client, data);
            }
        } catch (SocketTimeoutException stuck) {
            throw new AssertionError("a session hangs", stuck);
        } catch (IOException ended) {
            // A member's reset, passed on.
        } finally {
            slots.release();
        }
    }

    private void readAnswer(Socket client, byte[] sent) throws IOException {
        var in = client.getInputStream();
        if (in.read() != 'e') {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return;
        }
        var buffer = new byte[8_192];
        int position = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            assertThat(Arrays.copyOf(buffer, read))
                    .isEqualTo(Arrays.copyOfRange(sent, position, Math.min(sent.length, position + read)));
            position += read;
        }
        echoed.incrementAndGet();
    }

    private static void send(Socket client, byte[] data, boolean isEnding) {
        try {
            client.getOutputStream().write(data);
            if (isEnding) {
                client.shutdownOutput();
            }
        } catch (IOException ended) {
            // The other thread of this client closed it, or the member did.
        }
    }

    private static void disturb(TcpProxyFixture fixture, Random random) {
        var members = fixture.pool.members;
        switch (random.nextInt(20)) {
            case 0 -> members.get(random.nextInt(members.size())).cut();
            case 1 -> members.get(random.nextInt(members.size())).leave();
            default -> {}
        }
    }

    private static long nextSeed(Random random) {
        synchronized (random) {
            return random.nextLong();
        }
    }
}
