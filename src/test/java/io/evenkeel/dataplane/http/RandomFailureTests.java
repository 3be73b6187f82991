package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails and when: each pick is released once, no answer goes to the wrong request, nothing stays behind. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class RandomFailureTests {

    private static final int CLIENTS = 12;
    private static final int REQUESTS = 40;

    private static RawBackend unreliable(Random seeds) throws IOException {
        return new RawBackend(peer -> {
            var random = new Random(seeds.nextLong());
            while (true) {
                var target = peer.request().target();
                switch (random.nextInt(12)) {
                    case 0 -> peer.reset();
                    case 1 -> {
                        return;
                    }
                    case 2 -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + target);
                    case 3 -> peer.send("nonsense\r\n\r\n");
                    case 4 -> peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + target);
                    case 5 -> peer.reader().rest();
                    case 6 ->
                        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(target.length()) + "\r\n" + target + "\r\n0\r\n\r\n");
                    default -> peer.answer(target);
                }
                if (peer.socket().isClosed()) {
                    return;
                }
            }
        });
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    /** Sends requests one after the other and gives up now and then; returns how many were answered with 200. */
    private static int impatientClient(Proxy proxy, int name, long seed) throws Exception {
        var random = new Random(seed);
        int served = 0;
        var client = proxy.client();
        for (int i = 0; i < REQUESTS; i++) {
            var target = "/" + name + "-" + i + "-";
            boolean hasBody = random.nextInt(3) == 0;
            try {
                client.send((hasBody ? "POST " : "GET ") + target + " HTTP/1.1\r\nHost: a\r\n"
                        + (hasBody ? "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000) : "\r\n"));
                if (random.nextInt(10) == 0) {
                    throw new IOException("gives up");
                }
                var response = client.response();
                assertThat(response.body())
                        .satisfiesAnyOf(
                                body -> assertThat(body).contains(target),
                                body -> assertThat(body).startsWith("50"));
                served += response.status() == 200 ? 1 : 0;
                if ("close".equals(response.field("Connection"))) {
                    throw new IOException("was told to");
                }
            } catch (IOException broken) {
                client.reset();
                client = proxy.client();
            }
        }
        client.close();
        return served;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void releasesEachPickExactlyOnce(long seed) throws Exception {
        var seeds = new Random(seed);
        try (var one = unreliable(seeds);
                var two = unreliable(seeds);
                var proxy = Proxy.over(new ListedPool(one.address(), closedPort(), two.address()))
                        .timeouts(Proxy.LONG, Proxy.LONG, Duration.ofMillis(200));
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> clients = IntStream.range(0, CLIENTS)
                    .<Callable<Integer>>mapToObj(i -> () -> impatientClient(proxy, i, seed * 1_000 + i))
                    .toList();
            int served = 0;
            for (var client : executor.invokeAll(clients)) {
                served += client.get();
            }
            assertThat(served).isGreaterThan(CLIENTS * REQUESTS / 5);
            proxy.awaitAllReleased();
            assertThat(proxy.pool().releases.get()).isEqualTo(proxy.pool().picks.get());
            proxy.onLoop(() ->
                    IntStream.range(0, 3).forEach(i -> proxy.pool().member(i).leave()));
            await().untilAsserted(() -> assertThat(attachments(proxy)).isZero());
        }
    }

    private static int attachments(Proxy proxy) {
        var count = new AtomicInteger();
        proxy.onLoop(() -> IntStream.range(0, 3)
                .forEach(i -> count.addAndGet(proxy.pool().member(i).attachments.size())));
        return count.get();
    }
}
