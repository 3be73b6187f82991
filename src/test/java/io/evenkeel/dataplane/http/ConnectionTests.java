package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HTTP/1.0 on either side, closing, half-closing and upgrading. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class ConnectionTests {

    @Test
    void anOldClientGetsAClosedConnectionUnlessItAsks() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend)) {
            try (var client = proxy.client()) {
                client.send("GET /a HTTP/1.0\r\n\r\n");
                assertThat(client.rest()).endsWith("\r\nConnection: close\r\n\r\n/a");
            }
            try (var client = proxy.client()) {
                client.send("GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(client.response().field("Connection")).isEqualTo("keep-alive");
                assertThat(client.send("GET /c HTTP/1.0\r\n\r\n").rest()).endsWith("/c");
            }
            assertThat(backend.requests()).allSatisfy(request -> {
                assertThat(request.startLine()).endsWith(" HTTP/1.1");
                assertThat(request.field("Host")).isEqualTo("192.0.2.7:8080");
                assertThat(request.field("Connection")).isNull();
            });
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void anOldClientGetsChunksUnpackedAndNoInterimResponse() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nTrailer: T\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde");
        }
    }

    @Test
    void anOldMemberIsAskedOnANewConnectionEachTime() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/").body()).isEqualTo("ok");
            }
            assertThat(backend.connections()).isEqualTo(5);
        }
    }

    @Test
    void closesWhenTheClientSaysSoAndKeepsTheMember() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend)) {
            for (int i = 0; i < 3; i++) {
                try (var client = proxy.client()) {
                    client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(client.rest()).endsWith("\r\nConnection: close\r\n\r\n/a");
                }
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void servesOneRequestAConnectionWithoutKeepAlive() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(Duration.ZERO, Proxy.LONG, Proxy.LONG);
                var client = proxy.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.rest()).endsWith("\r\nConnection: close\r\n\r\n/a");
            assertThat(backend.requests()).hasSize(1);
        }
    }

    @Test
    void doesNotReuseAMemberConnectionThatCloses() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            var response = client.get("/");
            assertThat(response.field("Connection")).isNull();
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(backend.connections()).isEqualTo(2);
        }
    }

    @Test
    void doesNotReuseAMemberConnectionThatSaidTooMuch() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(backend.connections()).isEqualTo(2);
        }
    }

    @Test
    void answersAClientThatEndedItsSide() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
                    .endOutput();
            assertThat(client.response().body()).isEqualTo("/a");
            assertThat(client.response().body()).isEqualTo("/b");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void tunnelsAfterAnUpgradeAndEndsEachWayForItself() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: Chat\r\n\r\nhello ");
                    var heard = peer.reader().rest();
                    peer.send("heard " + heard);
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send(
                    "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: Chat\r\n\r\nGET ");
            assertThat(client.reader().head())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: Chat\r\n\r\n");
            assertThat(client.reader().exactly(6)).isEqualTo("hello ");
            client.send("\0raw\r\n").endOutput();
            assertThat(client.rest()).isEqualTo("heard GET \0raw\r\n");
            assertThat(backend.requests().getFirst().head()).contains("Connection: Upgrade\r\nUpgrade: Chat\r\n");
            proxy.awaitAllReleased();
        }
    }

    @Test
    void servesOnWhenAnUpgradeIsDeclined() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: Chat\r\n\r\n");
            client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/a");
            assertThat(client.response().body()).isEqualTo("/b");
        }
    }

    @Test
    void neverUpgradesToHttp2AndNeverUnasked() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAA\r\n\r\n");
            var response = client.response();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.field("X-Evenkeel-Reason")).isEqualTo("bad-response");
            assertThat(backend.requests().getFirst().head()).doesNotContainIgnoringCase("upgrade", "h2c", "HTTP2");
            assertThat(client.get("/").status()).isEqualTo(502);
        }
    }
}
