package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryTransport
class KeepAliveTests {

    @Test
    void servesAThousandRequestsOverOneConnectionOnEachSide() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.get("/" + i).body()).isEqualTo("/" + i);
            }
            assertThat(backend.connections()).isEqualTo(1);
            assertThat(backend.requests()).hasSize(1_000);
            proxy.awaitAllReleased();
            assertThat(proxy.pool().picks).hasValue(1_000);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            var pipelined = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                pipelined
                        .append(i % 2 == 0 ? "GET /" : "POST /")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: a\r\n")
                        .append(i % 2 == 0 ? "\r\n" : "Content-Length: 5\r\n\r\nGET /");
            }
            var sending = Thread.startVirtualThread(() -> {
                try {
                    client.send(pipelined.toString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < 2_000; i++) {
                assertThat(client.response().body()).isEqualTo("/" + i);
            }
            sending.join();
            assertThat(backend.requests()).hasSize(2_000);
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void readsRequestsThatComeByteByByte() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.sendByteByByte(
                    "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\nT: 1\r\n\r\n");
            client.sendByteByByte("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/a");
            assertThat(client.response().body()).isEqualTo("/b");
            assertThat(backend.requests().getFirst().body()).isEqualTo("2\r\nxy\r\n0\r\nT: 1\r\n\r\n");
        }
    }

    @Test
    void readsResponsesThatComeByteByByte() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    while (true) {
                        peer.request();
                        peer.sendByteByByte("HTTP/1.1 200 OK\r\nX: 1\r\nContent-Length: 3\r\n\r\nabc");
                    }
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/").body()).isEqualTo("abc");
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void sharesMemberConnectionsBetweenClients() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend)) {
            for (int i = 0; i < 20; i++) {
                try (var client = proxy.client()) {
                    assertThat(client.get("/").status()).isEqualTo(200);
                }
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var other = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend, other)) {
            IntStream.range(0, 32).parallel().forEach(i -> {
                try (var client = proxy.client()) {
                    for (int j = 0; j < 100; j++) {
                        assertThat(client.get("/" + i + "/" + j).body()).isEqualTo("/" + i + "/" + j);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(backend.requests()).hasSize(1_600);
            assertThat(other.requests()).hasSize(1_600);
            proxy.awaitAllReleased();
        }
    }
}
