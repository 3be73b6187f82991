package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryTransport
class FailureTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    static InetSocketAddress closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static void assertFailure(Message response, int status, String reason, String isSent) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.field("X-Evenkeel-Reason")).isEqualTo(reason);
        assertThat(response.field("X-Evenkeel-Request-Sent")).isEqualTo(isSent);
    }

    @Test
    void answers503WithoutMembersAndGoesOn() throws Exception {
        try (var proxy = Proxy.over(new ListedPool());
                var client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                var response = client.get("/");
                assertFailure(response, 503, "no-healthy-member", "no");
                assertThat(response.field("Retry-After")).isEqualTo("1");
                assertThat(response.body()).isEqualTo("503 Service Unavailable: no healthy member\n");
                assertThat(response.field("Connection")).isNull();
            }
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.responseToHead().status()).isEqualTo(503);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
            assertThat(client.rest()).contains("HTTP/1.1 503 ", "\r\nConnection: close\r\n");
        }
    }

    @Test
    void answersManyPipelinedRequestsWithoutMembers() throws Exception {
        try (var proxy = Proxy.over(new ListedPool());
                var client = proxy.client()) {
            var sending = Thread.startVirtualThread(() -> {
                try {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5_000));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < 5_000; i++) {
                assertThat(client.response().status()).isEqualTo(503);
            }
            sending.join();
        }
    }

    @Test
    void goesToAnotherMemberWhenOneCannotBeReached() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(new ListedPool(closedPort(), backend.address()));
                var client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                client.send("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(client.response().body()).isEqualTo("/" + i);
            }
            assertThat(backend.requests()).hasSize(10).allMatch(r -> r.body().equals("hello"));
            proxy.awaitAllReleased();
        }
    }

    @Test
    void servesEveryRequestWhileOneOfThreeMembersLives() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(new ListedPool(closedPort(), closedPort(), backend.address()));
                var client = proxy.client()) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.get("/" + i).body()).isEqualTo("/" + i);
            }
            proxy.awaitAllReleased();
        }
    }

    @Test
    void triesNoMemberASecondTime() throws Exception {
        try (var proxy = Proxy.over(new ListedPool(closedPort(), closedPort()));
                var client = proxy.client()) {
            assertFailure(client.get("/"), 502, "connect-failed", "no");
            assertThat(proxy.pool().picks).hasValue(2);
            assertFailure(client.get("/"), 502, "connect-failed", "no");
            assertThat(proxy.pool().picks).hasValue(4);
            proxy.awaitAllReleased();
        }
    }

    @Test
    void triesTwoOthersAndThenAnswers502() throws Exception {
        try (var proxy = Proxy.over(new ListedPool(closedPort(), closedPort(), closedPort(), closedPort()));
                var client = proxy.client()) {
            assertFailure(client.get("/"), 502, "connect-failed", "no");
            assertThat(proxy.pool().picks).hasValue(3);
            proxy.awaitAllReleased();
            assertFailure(client.get("/"), 502, "connect-failed", "no");
        }
    }

    @Test
    void takesTheListenersPortWhereTheMemberHasNone() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(new ListedPool(
                                new InetSocketAddress(backend.address().getAddress(), 0)))
                        .vip(new InetSocketAddress(
                                "192.0.2.7", backend.address().getPort()));
                var client = proxy.client()) {
            assertThat(client.get("/x").body()).isEqualTo("/x");
        }
    }

    @Test
    void answers502WhenAMemberEndsBeforeItAnswers() throws Exception {
        try (var backend = new RawBackend(peer -> peer.request());
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertFailure(client.get("/"), 502, "member-reset", "yes");
            assertFailure(client.get("/"), 502, "member-reset", "yes");
            assertThat(backend.requests()).hasSize(2);
            proxy.awaitAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nX", "HTTP/1.1 100 Continue\r\n\r\n"})
    void answers502WhenAMemberResetsWithinTheHead(String part) throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send(part);
                    peer.reader().exactly(1);
                });
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, Proxy.LONG, SHORT);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var response = client.response();
            assertFailure(response.status() == 100 ? client.response() : response, 504, "member-timeout", "yes");
            proxy.awaitAllReleased();
        }
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send(part);
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var response = client.response();
            assertFailure(response.status() == 100 ? client.response() : response, 502, "member-reset", "yes");
            proxy.awaitAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3; x\r\nabc\r\n0\r\n\r\n"
            })
    void breaksTheClientsConnectionWhenABodyIsCutShort(String part) throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send(part);
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
            proxy.awaitAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2.0 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void answers502WhenAMemberTalksNonsense(String nonsense) throws Exception {
        try (var backend = RawBackend.sending(nonsense);
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertFailure(client.get("/"), 502, "bad-response", "yes");
            assertFailure(client.get("/"), 502, "bad-response", "yes");
            assertThat(backend.connections()).isEqualTo(2);
            proxy.awaitAllReleased();
        }
    }

    @Test
    void answers502WhenAMembersHeadIsTooLarge() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nX: " + "x".repeat(33_000) + "\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertFailure(client.get("/"), 502, "bad-response", "yes");
        }
    }

    /** Answers once on each connection and closes it at the next request, as a member does whose patience ran out. */
    private static RawBackend closingAtTheSecondRequest() throws IOException {
        return new RawBackend(peer -> {
            peer.answer(peer.request().target());
            peer.request();
        });
    }

    @Test
    void repeatsAnIdempotentRequestOnceWhenAKeptConnectionTurnsOutClosed() throws Exception {
        try (var backend = closingAtTheSecondRequest();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertThat(client.get("/a").body()).isEqualTo("/a");
            client.send("PUT /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.response().body()).isEqualTo("/b");
            assertThat(backend.connections()).isEqualTo(2);
            assertThat(backend.requests()).extracting(Message::body).containsExactly("", "hello", "hello");
            proxy.awaitAllReleased();
            assertThat(proxy.pool().picks).hasValue(2);
        }
    }

    @Test
    void repeatsAnIdempotentRequestAtAnotherMemberWhenANewConnectionIsLost() throws Exception {
        try (var broken = new RawBackend(peer -> peer.request());
                var other = new RawBackend(peer -> peer.answer(peer.request().target()));
                var proxy = Proxy.over(broken, other);
                var client = proxy.client()) {
            assertThat(client.get("/a").body()).isEqualTo("/a");
            assertThat(client.get("/b").body()).isEqualTo("/b");
            assertThat(broken.requests()).isNotEmpty();
            proxy.awaitAllReleased();
        }
    }

    @Test
    void neverRepeatsAPost() throws Exception {
        try (var backend = closingAtTheSecondRequest();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.get("/a");
            client.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertFailure(client.response(), 502, "member-reset", "yes");
            assertThat(backend.requests()).hasSize(2);
        }
    }

    @Test
    void repeatsNothingWhereTheListenerForbidsIt() throws Exception {
        try (var backend = closingAtTheSecondRequest();
                var proxy = Proxy.over(backend).withoutRetry();
                var client = proxy.client()) {
            client.get("/a");
            assertFailure(client.get("/b"), 502, "member-reset", "yes");
        }
    }

    @Test
    void repeatsNothingWhoseBodyIsTooLargeToKeep() throws Exception {
        try (var backend = closingAtTheSecondRequest();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.get("/a");
            client.send("PUT /b HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            assertFailure(client.response(), 502, "member-reset", "yes");
        }
    }

    @Test
    void doesNotUseAKeptConnectionThatWasSeenToClose() throws Exception {
        try (var backend = new RawBackend(peer -> peer.answer(peer.request().target()));
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.get("/a");
            await().untilAsserted(() -> assertThat(attachments(proxy)).isZero());
            client.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/b");
        }
    }

    private static int attachments(Proxy proxy) {
        var count = new AtomicInteger();
        proxy.onLoop(() -> count.set(proxy.pool().member(0).attachments.size()));
        return count.get();
    }

    @Test
    void answers504WhenAMemberTakesTooLong() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.reader().rest();
                });
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, Proxy.LONG, SHORT);
                var client = proxy.client()) {
            assertFailure(client.get("/"), 504, "member-timeout", "yes");
            assertFailure(client.get("/"), 504, "member-timeout", "yes");
            proxy.awaitAllReleased();
        }
    }

    @Test
    void answers504WhenAMemberLeavesAnExpectationUnanswered() throws Exception {
        try (var backend = new RawBackend(peer -> peer.reader().rest());
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, Proxy.LONG, SHORT);
                var client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertFailure(client.response(), 504, "member-timeout", "yes");
        }
    }

    @Test
    void breaksOffWhenAMemberStopsWithinTheBody() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                    peer.reader().rest();
                });
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, Proxy.LONG, SHORT);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
            proxy.awaitAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
            })
    void answers408WhenAClientStopsWithinARequest(String part) throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(Proxy.LONG, SHORT, Proxy.LONG);
                var client = proxy.client()) {
            client.send(part);
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("\r\nConnection: close\r\n");
            proxy.awaitAllReleased();
        }
    }

    @Test
    void closesAnIdleClientSilently() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend).timeouts(SHORT, Proxy.LONG, Proxy.LONG);
                var silent = proxy.client();
                var client = proxy.client()) {
            client.get("/");
            assertThat(client.rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void refusesARequestThatTheClientCutShort() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")
                    .endOutput();
            assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
            assertThat(backend.requests()).isEmpty();
            proxy.awaitAllReleased();
        }
    }

    @Test
    void aMemberThatLeftFinishesItsRequestAndLosesItsIdleConnections() throws Exception {
        try (var backend = RawBackend.echoingTargets();
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.get("/");
            assertThat(attachments(proxy)).isEqualTo(1);
            proxy.onLoop(() -> proxy.pool().member(0).leave());
            await().untilAsserted(() -> assertThat(attachments(proxy)).isZero());
            assertThat(client.get("/").status()).isEqualTo(503);
        }
        var asked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    asked.countDown();
                    await().until(() -> mayAnswer.getCount() == 0);
                    peer.answer("done");
                    peer.request();
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            proxy.onLoop(() -> proxy.pool().member(0).leave());
            mayAnswer.countDown();
            assertThat(client.response().body()).isEqualTo("done");
            await().untilAsserted(() -> assertThat(attachments(proxy)).isZero());
        }
    }

    @Test
    void aMemberThatIsCutIsLeftAtOnce() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    var target = peer.request().target();
                    if (target.equals("/part")) {
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                    }
                    peer.reader().rest();
                });
                var proxy = Proxy.over(backend);
                var waiting = proxy.client();
                var reading = proxy.client()) {
            waiting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            reading.send("GET /part HTTP/1.1\r\nHost: a\r\n\r\n");
            reading.reader().head();
            await().untilAsserted(() -> assertThat(backend.requests()).hasSize(2));
            proxy.onLoop(() -> proxy.pool().member(0).cut());
            assertFailure(waiting.response(), 502, "member-stopped", "yes");
            assertThatThrownBy(reading::rest).isInstanceOf(IOException.class);
            proxy.awaitAllReleased();
            await().untilAsserted(() -> assertThat(attachments(proxy)).isZero());
        }
    }

    @Test
    void aClientThatGoesAwayTakesItsRequestWithIt() throws Exception {
        var ended = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    try {
                        peer.reader().rest();
                    } finally {
                        ended.countDown();
                    }
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(backend.requests()).hasSize(1));
            client.reset();
            ended.await();
            proxy.awaitAllReleased();
        }
    }
}
