package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that want to hold what is not theirs: a member, memory, a connection for ever. */
@OnEveryTransport
class HostileClientTests {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration TRICKLE = Duration.ofMillis(100);
    // Each takes a large block.
    private static final String PART_OF_A_HEAD = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9_000);

    @Test
    void endsAHeadThatComesByteByByte() throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, SHORT, Proxy.LONG);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
            trickleUntilAnswered(client);
            assertThat(client.response().status()).isEqualTo(408);
        }
    }

    @Test
    void endsABodyThatComesByteByByte() throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, SHORT, Proxy.LONG);
                var client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            trickleUntilAnswered(client);
            assertThat(client.response().status()).isEqualTo(408);
            proxy.awaitAllReleased();
        }
    }

    private static void trickleUntilAnswered(RawClient client) {
        await().pollInterval(TRICKLE).until(() -> {
            if (client.socket().getInputStream().available() > 0) {
                return true;
            }
            client.send("x");
            return false;
        });
    }

    @Test
    void letsABodyComeSlowlyAsLongAsItComes() throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, Duration.ofSeconds(2), Proxy.LONG);
                var client = proxy.client()) {
            client.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 480\r\n\r\n");
            var left = new ArrayList<>(List.of("0123456789abcdef".repeat(30).split("(?<=\\G.{16})")));
            await().pollInterval(TRICKLE).until(() -> {
                client.send(left.removeFirst());
                return left.isEmpty();
            });
            assertThat(client.response().body()).isEqualTo("/slow");
        }
    }

    @Test
    void takesMemoryFromTheHeadThatWaitsLongest() throws IOException {
        var clients = new ArrayList<RawClient>();
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(Proxy.pool(backend), 8L * BlockPool.LARGE + 2L * BlockPool.SMALL);
                var waiting = proxy.client()) {
            waiting.get("/");
            for (int i = 1; i <= 20; i++) {
                var client = proxy.client();
                clients.add(client);
                client.send(PART_OF_A_HEAD);
                int heads = i;
                // One after the other, so that it is clear who waits longest.
                proxy.awaitOpen(1 + Math.min(heads, 8));
            }
            waiting.send(PART_OF_A_HEAD);
            proxy.awaitOpen(8);
            assertThat(waiting.send("\r\n\r\n").response().status()).isEqualTo(200);
            assertThat(clients.getLast().send("\r\n\r\n").response().status()).isEqualTo(200);
            assertThat(proxy.counted(Count.ACCEPTED)).isEqualTo(21);
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void answers503WhenThereIsNoMemoryForARequest() throws IOException {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.reader().rest();
                });
                var proxy = Proxy.over(Proxy.pool(backend), BlockPool.SMALL);
                var holding = proxy.client();
                var client = proxy.client()) {
            holding.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> backend.requests().size() == 1);
            var answer = client.get("/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.field("X-Evenkeel-Reason")).isEqualTo("overloaded");
            assertThat(answer.field("X-Evenkeel-Request-Sent")).isEqualTo("no");
            assertThat(proxy.pool().outstanding()).isEqualTo(1);
        }
    }

    @Test
    void keepsLittleOfWhatIsAskedWithoutReadingTheAnswers() throws IOException {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000));
                var proxy = Proxy.over(backend).timeouts(SHORT, SHORT, Proxy.LONG);
                var client = proxy.client()) {
            client.socket().setReceiveBufferSize(4 << 10);
            sendUntilRefused(client);
            proxy.awaitAllReleased();
            proxy.awaitOpen(0);
            // What the sockets between took, and no more than the water mark besides.
            assertThat(backend.requests().size()).isLessThan(2_000);
        }
    }

    private static void sendUntilRefused(RawClient client) {
        assertThatThrownBy(() -> {
                    while (true) {
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
