package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class RewriteTests {

    private static String forwarded(Map<String, String> switches, String request) throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).insertHeaders(switches);
                var client = proxy.client()) {
            client.send(request).response();
            return backend.requests()
                    .getFirst()
                    .head()
                    .replace("" + client.socket().getLocalPort(), "PORT");
        }
    }

    @Test
    void appendsTheClientAndTheHostByDefault() throws Exception {
        assertThat(forwarded(Map.of(), "GET /a?b HTTP/1.1\r\nHost: Shop.test:80\r\nX-a:  1\t\r\nAccept: */*\r\n\r\n"))
                .isEqualTo("GET /a?b HTTP/1.1\r\nHost: Shop.test:80\r\nX-a:  1\t\r\nAccept: */*\r\n"
                        + "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: Shop.test:80\r\n\r\n");
    }

    @Test
    void insertsAllThatIsSwitchedOn() throws Exception {
        var all = Map.of(
                "X-Forwarded-ELB-IP", "true",
                "X-Forwarded-Port", "true",
                "X-Forwarded-For-Port", "true",
                "X-Forwarded-Host", "true",
                "X-Forwarded-Proto", "true",
                "X-Real-IP", "true",
                "X-Forwarded-ELB-ID", "true",
                "X-Forwarded-TLS-Cipher", "true");
        assertThat(forwarded(all, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For-Port: PORT\r\n"
                        + "X-Real-IP: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n"
                        + "X-Forwarded-ELB-IP: 192.0.2.7\r\nX-Forwarded-Port: 8080\r\nX-Forwarded-ELB-ID: "
                        + Proxy.LOAD_BALANCER + "\r\nX-Forwarded-Host: a\r\n\r\n");
    }

    @Test
    void leavesOutWhatIsSwitchedOff() throws Exception {
        assertThat(forwarded(
                        Map.of("X-Forwarded-Host", "false", "X-Real-IP", "false"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
    }

    @Test
    void aClientCannotForgeWhatIsInserted() throws Exception {
        assertThat(forwarded(
                        Map.of("X-Real-IP", "true", "X-Forwarded-Proto", "true"),
                        "GET / HTTP/1.1\r\nx-real-ip: 1.1.1.1\r\nX_Real_IP: 2.2.2.2\r\nX-FORWARDED-FOR: 3.3.3.3\r\n"
                                + "Host: a\r\nX-Forwarded-For: 4.4.4.4, 5.5.5.5\r\nX-Forwarded-Host: evil\r\n"
                                + "X-Forwarded-Proto: https\r\nX-Forwarded-Port: 1\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Port: 1\r\n"
                        + "X-Forwarded-For: 3.3.3.3, 4.4.4.4, 5.5.5.5, 127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\n"
                        + "X-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n\r\n");
    }

    @Test
    void removesHopByHopFieldsOfRequests() throws Exception {
        assertThat(forwarded(
                        Map.of("X-Forwarded-Host", "false"),
                        "GET http://a/x HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                                + "Keep-Alive: 1\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\nY: 2\r\n"
                                + "Upgrade: websocket\r\n\r\n"))
                .isEqualTo("GET /x HTTP/1.1\r\nHost: a\r\nY: 2\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
    }

    @Test
    void removesHopByHopFieldsOfResponsesAndTouchesNothingElse() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 200 All Right\r\nServer:x \r\nConnection: keep-alive, X-Hop\r\n"
                        + "Set-Cookie: a=1\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\nSet-Cookie: b=2\r\n"
                        + "Proxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertThat(client.get("/").head())
                    .isEqualTo("HTTP/1.1 200 All Right\r\nServer:x \r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                            + "Content-Length: 0\r\n\r\n");
        }
    }
}
