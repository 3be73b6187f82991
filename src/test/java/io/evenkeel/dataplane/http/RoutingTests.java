package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.routing.DesiredAction;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.Rewrite;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredCors;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredFields.Inserted;
import io.evenkeel.desiredstate.routing.DesiredFields.Source;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What policies do to requests and answers, on the wire. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class RoutingTests {

    private static final UUID OTHER = new UUID(0, 2);

    private static DesiredPolicy forPath(String prefix, DesiredAction action) {
        var rule = new DesiredRule(Subject.PATH, Comparison.STARTS_WITH, "", List.of(prefix), false);
        return new DesiredPolicy(UUID.randomUUID(), List.of(rule), action);
    }

    private static ToPools toOther() {
        return new ToPools(
                List.of(new Share(OTHER, 1)),
                Optional.empty(),
                Optional.empty(),
                DesiredFields.NONE,
                DesiredLimit.NONE,
                Optional.empty());
    }

    private static ToPools changing(Optional<Rewrite> rewrite, DesiredFields fields) {
        return new ToPools(
                List.of(new Share(OTHER, 1)), Optional.empty(), rewrite, fields, DesiredLimit.NONE, Optional.empty());
    }

    private static ToPools limited(int perSecond, int perSource, int burst) {
        return new ToPools(
                List.of(new Share(OTHER, 1)),
                Optional.empty(),
                Optional.empty(),
                DesiredFields.NONE,
                new DesiredLimit(perSecond, perSource, burst),
                Optional.empty());
    }

    private static ToPools cors(boolean allowsCredentials, String... origins) {
        return new ToPools(
                List.of(new Share(OTHER, 1)),
                Optional.empty(),
                Optional.empty(),
                DesiredFields.NONE,
                DesiredLimit.NONE,
                Optional.of(new DesiredCors(
                        List.of(origins),
                        List.of("GET", "PUT"),
                        List.of("X-Kind", "X-More"),
                        List.of("X-Count"),
                        allowsCredentials,
                        600)));
    }

    private static Redirect redirect(String protocol, String host, String port, String path, String query) {
        return new Redirect(308, protocol, host, port, path, query, DesiredFields.NONE);
    }

    private static DesiredFields fields(List<String> removed, Inserted... inserted) {
        return new DesiredFields(removed, List.of(inserted));
    }

    /** What a member gets. */
    private static String forwarded(DesiredAction action, String request) throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).policies(forPath("/", action));
                var client = proxy.client()) {
            assertThat(client.send(request).response().startLine()).isEqualTo("HTTP/1.1 200 OK");
            return backend.requests()
                    .getFirst()
                    .head()
                    .replace("" + client.socket().getLocalPort(), "PORT");
        }
    }

    /** What a client gets that no member is asked for. */
    private static Message answered(DesiredAction action, String request) throws IOException {
        try (var proxy = Proxy.over().policies(forPath("/", action));
                var client = proxy.client()) {
            var answer = answer(client.send(request), request.startsWith("HEAD"));
            assertThat(answer(client.send(request), request.startsWith("HEAD")))
                    .as("on the same connection")
                    .isEqualTo(answer);
            return answer;
        }
    }

    /** A 204 has no length, and no body. */
    private static Message answer(RawClient client, boolean isToHead) throws IOException {
        var head = client.reader().head();
        var length = new Message(head, "").field("Content-Length");
        return new Message(
                head, isToHead || length == null ? "" : client.reader().exactly(Integer.parseInt(length)));
    }

    @Test
    void aPolicyLeadsToItsPoolAndEverythingElseToTheDefaultPool() throws IOException {
        try (var first = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ndefault");
                var second = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
                var proxy = Proxy.over(first);
                var client = proxy.client()) {
            var other = Proxy.pool(second);
            proxy.policies(id -> id.equals(OTHER) ? other : null, forPath("/other", toOther()));
            assertThat(client.get("/").body()).isEqualTo("default");
            assertThat(client.get("/other/x").body()).isEqualTo("other");
            assertThat(client.get("/%6fther").body()).isEqualTo("other");
            assertThat(client.get("/x").body()).isEqualTo("default");
            proxy.policies(id -> null, forPath("/other", toOther()));
            assertThat(client.get("/other/x").head())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("no-healthy-member");
            assertThat(client.get("/").body()).isEqualTo("default");
            assertThat(first.requests()).hasSize(3);
            await().untilAsserted(() -> {
                assertThat(other.outstanding()).isZero();
                assertThat(proxy.pool().outstanding()).isZero();
            });
        }
    }

    @Test
    void whatServersUnderstandDifferentlyIsRefused() throws IOException {
        for (var path : List.of("/..", "/a/../../b", "/x%00", "/x/..;/y", "/%2e%2e/")) {
            try (var proxy = Proxy.over().policies(forPath("/", toOther()));
                    var client = proxy.client()) {
                assertThat(client.get(path).head()).as(path).startsWith("HTTP/1.1 400 ");
            }
        }
        try (var proxy = Proxy.over().policies(forPath("/", toOther()));
                var client = proxy.client()) {
            assertThat(client.get("/" + "a".repeat(8192)).head()).startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void theUrlIsRewritten() throws IOException {
        assertThat(forwarded(
                        changing(
                                Optional.of(new Rewrite("inner.example", "/v2${path}", "${query}&from=${host}")),
                                DesiredFields.NONE),
                        "GET /a%20b?x=1 HTTP/1.1\r\nHost: Shop.example:8080\r\n\r\n"))
                .isEqualTo("GET /v2/a%20b?x=1&from=shop.example HTTP/1.1\r\nHost: inner.example\r\n"
                        + "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: Shop.example:8080\r\n\r\n");
        assertThat(forwarded(
                        changing(Optional.of(new Rewrite("${host}", "/fixed#x", "")), DesiredFields.NONE),
                        "GET /a?x=1 HTTP/1.1\r\nHost: Shop.example:8080\r\n\r\n"))
                .startsWith("GET /fixed%23x HTTP/1.1\r\nHost: Shop.example:8080\r\n");
        assertThat(forwarded(
                        changing(Optional.of(new Rewrite("in", "${path}", "${query}")), DesiredFields.NONE),
                        "GET /a?x=1 HTTP/1.0\r\n\r\n"))
                .startsWith("GET /a?x=1 HTTP/1.1\r\nHost: in\r\n")
                .containsOnlyOnce("Host: in");
    }

    @Test
    void fieldsAreWrittenAndTakenAway() throws IOException {
        var fields = fields(
                List.of("X-Secret"),
                new Inserted("X-Fixed", Source.TEXT, "a b"),
                new Inserted("X-Copy", Source.REQUEST_FIELD, "x-many"),
                new Inserted("X-None", Source.REQUEST_FIELD, "X-Absent"),
                new Inserted("X-Client", Source.LOAD_BALANCER, "CLIENT-IP"),
                new Inserted("X-Client-Port", Source.LOAD_BALANCER, "CLIENT-PORT"),
                new Inserted("X-Elb", Source.LOAD_BALANCER, "ELB-ID"),
                new Inserted("X-Vip", Source.LOAD_BALANCER, "ELB-VIP"),
                new Inserted("X-Port", Source.LOAD_BALANCER, "ELB-PORT"),
                new Inserted("X-Proto", Source.LOAD_BALANCER, "ELB-PROTOCOL"),
                new Inserted("X-Eip", Source.LOAD_BALANCER, "ELB-EIP"));
        assertThat(forwarded(
                        changing(Optional.empty(), fields),
                        "GET / HTTP/1.1\r\nHost: a\r\nx-secret: 1\r\nX_Secret: 2\r\nX-FIXED: forged\r\nX-Many: 1\r\n"
                                + "X-Many: 2\r\nX-Keep: 3\r\nX-None: forged\r\nX-Eip: forged\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Many: 1\r\nX-Many: 2\r\nX-Keep: 3\r\n"
                        + "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: a\r\n"
                        + "X-Fixed: a b\r\nX-Elb: " + Proxy.LOAD_BALANCER + "\r\nX-Vip: 192.0.2.7\r\nX-Port: 8080\r\n"
                        + "X-Proto: HTTP\r\nX-Copy: 1, 2\r\nX-Client: 127.0.0.1\r\nX-Client-Port: PORT\r\n\r\n");
    }

    @Test
    void whatGrowsTooMuchIsRefused() throws IOException {
        var copies = new Inserted[19];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = new Inserted("X-" + i, Source.REQUEST_FIELD, "X-Long");
        }
        try (var proxy = Proxy.over().policies(forPath("/", changing(Optional.empty(), fields(List.of(), copies))));
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(client.response().head()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void theClientIsSentElsewhere() throws IOException {
        var toHttps = redirect("https", "${host}", "443", "${path}", "${query}");
        assertThat(answered(toHttps, "GET /a?b=c HTTP/1.1\r\nHost: Shop.example:80\r\n\r\n")
                        .head())
                .isEqualTo("HTTP/1.1 308 Permanent Redirect\r\nContent-Length: 0\r\n"
                        + "Location: https://shop.example/a?b=c\r\n\r\n");
        var elsewhere = redirect("${protocol}", "www.${host}", "${port}", "/new${path}", "old=${query}&p=${port}");
        assertThat(answered(elsewhere, "GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n")
                        .field("Location"))
                .isEqualTo("http://www.[::1]:8080/new/a?old=&p=8080");
        assertThat(answered(
                                redirect("http", "${host}", "8080", "/${unknown}", ""),
                                "HEAD http://h/?x HTTP/1.1\r\nHost: h\r\n\r\n")
                        .field("Location"))
                .isEqualTo("http://h:8080/${unknown}");
    }

    @Test
    void aFixedAnswerAsksNobody() throws IOException {
        var fixed = new Answer(
                404,
                "application/json",
                "{\"é\":1}",
                fields(
                        List.of("Server"),
                        new Inserted("X-From", Source.TEXT, "policy"),
                        new Inserted("X-Asked", Source.REQUEST_FIELD, "Host")),
                DesiredLimit.NONE);
        var answer = answered(fixed, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer.head())
                .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 8\r\n"
                        + "X-From: policy\r\nX-Asked: a\r\n\r\n");
        assertThat(answer.body()).hasSize(8);
        assertThat(answered(fixed, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").head()).isEqualTo(answer.head());
        var empty = new Answer(204, "text/plain", "ignored", DesiredFields.NONE, DesiredLimit.NONE);
        assertThat(answered(empty, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").head())
                .isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        var own = new Answer(
                299,
                "text/plain",
                "",
                fields(List.of(), new Inserted("Content-Type", Source.TEXT, "text/x")),
                DesiredLimit.NONE);
        assertThat(answered(own, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").head())
                .isEqualTo("HTTP/1.1 299 \r\nContent-Length: 0\r\nContent-Type: text/x\r\n\r\n");
    }

    @Test
    void anAnswerToARequestWithABodyEndsTheConnection() throws IOException {
        var fixed = new Answer(403, "text/plain", "no", DesiredFields.NONE, DesiredLimit.NONE);
        try (var proxy = Proxy.over().policies(forPath("/", fixed));
                var client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.response().head()).startsWith("HTTP/1.1 403 ").contains("Connection: close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void preflightsAreAnsweredForAllowedOrigins() throws IOException {
        var action = cors(true, "https://*.shop.example", "http://one.example:8080");
        assertThat(preflight(action, "https://a.shop.example"))
                .isEqualTo("HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: https://a.shop.example\r\n"
                        + "Access-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Methods: GET, PUT\r\n"
                        + "Access-Control-Allow-Headers: X-Kind, X-More\r\nAccess-Control-Max-Age: 600\r\n"
                        + "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\r\n\r\n");
        assertThat(preflight(action, "http://one.example:8080")).contains("Allow-Origin: http://one.example:8080");
        for (var other : List.of(
                "https://shop.example",
                "http://a.shop.example",
                "https://evil.example/.shop.example",
                "https://a.shop.example:444",
                "null")) {
            assertThat(preflight(action, other)).as(other).doesNotContain("Access-Control-Allow");
        }
        assertThat(preflight(cors(true, "*"), "https://any.example"))
                .contains("Access-Control-Allow-Origin: *\r\n")
                .doesNotContain("Credentials");
    }

    private static String preflight(ToPools action, String origin) throws IOException {
        return answered(
                        action,
                        "OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: " + origin
                                + "\r\nAccess-Control-Request-Method: PUT\r\n\r\n")
                .head();
    }

    @Test
    void responsesSayWhoMayReadThem() throws IOException {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nX-Count: 1\r\n"
                        + "Access-Control-Allow-Credentials: true\r\nContent-Length: 0\r\n\r\n");
                var proxy = Proxy.over(backend).policies(forPath("/", cors(true, "https://a.example")));
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\n\r\n");
            assertThat(client.response().head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nX-Count: 1\r\nContent-Length: 0\r\n"
                            + "Access-Control-Allow-Origin: https://a.example\r\n"
                            + "Access-Control-Allow-Credentials: true\r\nAccess-Control-Expose-Headers: X-Count\r\n"
                            + "Vary: Origin\r\n\r\n");
            assertThat(client.get("/").head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nX-Count: 1\r\nContent-Length: 0\r\nVary: Origin\r\n\r\n");
            proxy.policies();
            assertThat(client.get("/").head()).contains("Access-Control-Allow-Origin: *");
        }
    }

    @Test
    void whatIsOverTheLimitIsRefusedAndTheRestGoesOn() throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).policies(forPath("/slow", limited(0, 2, 0)));
                var client = proxy.client()) {
            assertThat(client.get("/slow").body()).isEqualTo("/slow");
            assertThat(client.get("/slow").body()).isEqualTo("/slow");
            var refused = client.get("/slow");
            assertThat(refused.head())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("X-Evenkeel-Reason: over-limit", "X-Evenkeel-Request-Sent: no", "Retry-After: 1");
            assertThat(client.get("/").body()).isEqualTo("/");
            proxy.awaitAllReleased();
        }
    }

    @Test
    void aBurstIsLetThroughLater() throws IOException {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).policies(forPath("/", limited(20, 0, 3)));
                var client = proxy.client();
                var leaving = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                client.get("/" + i);
            }
            long before = System.nanoTime();
            leaving.send("GET /gone HTTP/1.1\r\nHost: a\r\n\r\n").close();
            client.send("PUT /late HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            var answer = client.response();
            assertThat(answer.body()).isEqualTo("/late");
            assertThat(System.nanoTime() - before).isGreaterThan(1_000_000L);
            assertThat(backend.requests().getLast().body()).hasSize(100_000);
            proxy.awaitAllReleased();
        }
    }

    @Test
    void poolsShareTheRequestsOfAPolicy() throws IOException {
        try (var first = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
                var second = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
                var proxy = Proxy.over(first);
                var client = proxy.client()) {
            var one = Proxy.pool(first);
            var two = Proxy.pool(second);
            var shares = List.of(new Share(new UUID(0, 1), 3), new Share(OTHER, 1));
            var action = new ToPools(
                    shares,
                    Optional.empty(),
                    Optional.empty(),
                    DesiredFields.NONE,
                    DesiredLimit.NONE,
                    Optional.empty());
            proxy.policies(id -> id.equals(OTHER) ? two : one, forPath("/", action));
            for (int i = 0; i < 40; i++) {
                client.get("/");
            }
            assertThat(first.requests()).hasSize(30);
            assertThat(second.requests()).hasSize(10);
        }
    }

    @Test
    void anUnnamedHostIsTheVip() throws IOException {
        var redirect = redirect("https", "${host}", "8443", "${path}", "");
        try (var proxy =
                        Proxy.over().vip(new InetSocketAddress("192.0.2.7", 80)).policies(forPath("/", redirect));
                var client = proxy.client()) {
            client.send("GET /a HTTP/1.0\r\n\r\n");
            assertThat(client.response().field("Location")).isEqualTo("https://192.0.2.7:8443/a");
        }
    }
}
