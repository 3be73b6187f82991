package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again to another member, how often, and what the client is told when it is not. */
@OnEveryTransport
class RetryTests {

    /** Takes each request and closes without a word. */
    private static RawBackend silent() throws IOException {
        return new RawBackend(peer -> peer.request());
    }

    private static void assertRefusal(Message answer, int status, String reason, String isSent, String retryAfter) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("X-Evenkeel-Reason")).isEqualTo(reason);
        assertThat(answer.field("X-Evenkeel-Request-Sent")).isEqualTo(isSent);
        assertThat(answer.field("Retry-After")).isEqualTo(retryAfter);
    }

    @Test
    void anIdempotentRequestGoesToTwoOthers() throws Exception {
        try (var good = RawBackend.echoingTargets();
                var first = silent();
                var second = silent();
                var proxy = Proxy.over(first, second, good);
                var client = proxy.client()) {
            assertThat(client.get("/a").body()).isEqualTo("/a");
            assertThat(first.requests()).hasSize(1);
            assertThat(second.requests()).hasSize(1);
            proxy.awaitAllReleased();
            assertThat(proxy.counted(Count.RETRIES)).isEqualTo(2);
        }
    }

    @Test
    void andToNoMoreThanTwo() throws Exception {
        try (var good = RawBackend.echoingTargets();
                var first = silent();
                var second = silent();
                var third = silent();
                var proxy = Proxy.over(first, second, third, good);
                var client = proxy.client()) {
            assertRefusal(client.get("/a"), 502, "member-reset", "yes", "1");
            assertThat(good.requests()).isEmpty();
            proxy.awaitAllReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void whatIsNotIdempotentIsSentOnce(String method) throws Exception {
        try (var good = RawBackend.echoingTargets();
                var broken = silent();
                var proxy = Proxy.over(broken, good);
                var client = proxy.client()) {
            client.send(method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            assertRefusal(client.response(), 502, "member-reset", "yes", "1");
            assertThat(broken.requests()).hasSize(1);
            assertThat(good.requests()).isEmpty();
            assertThat(proxy.counted(Count.RETRIES)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nContent-Le"})
    void nothingIsSentAgainAfterTheFirstByteOfAnAnswer(String part) throws Exception {
        try (var good = RawBackend.echoingTargets();
                var broken = new RawBackend(peer -> {
                    peer.request();
                    peer.send(part);
                });
                var proxy = Proxy.over(broken, good);
                var client = proxy.client()) {
            assertRefusal(client.get("/"), 502, "member-reset", "yes", "1");
            assertThat(good.requests()).isEmpty();
        }
    }

    @Test
    void whatWasNotSentGoesToAnotherEvenWhereRepeatingIsOff() throws Exception {
        try (var good = RawBackend.echoingTargets();
                var broken = silent();
                var proxy = Proxy.over(new ListedPool(FailureTests.closedPort(), good.address()))
                        .withoutRetry();
                var unrepeated = Proxy.over(broken, good).withoutRetry();
                var client = proxy.client();
                var other = unrepeated.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/a");
            assertRefusal(other.get("/"), 502, "member-reset", "yes", "1");
        }
    }

    @Test
    void saysWhenItIsWorthTryingAgain() throws Exception {
        try (var slow = new RawBackend(peer -> {
                    peer.request();
                    peer.reader().rest();
                });
                var none = Proxy.over(new ListedPool());
                var refused = Proxy.over(new ListedPool(FailureTests.closedPort()));
                var late = Proxy.over(slow).timeouts(Proxy.LONG, Proxy.LONG, Duration.ofMillis(200));
                var first = none.client();
                var second = refused.client();
                var third = late.client()) {
            assertRefusal(first.get("/"), 503, "no-healthy-member", "no", "1");
            assertRefusal(second.get("/"), 502, "connect-failed", "no", "1");
            assertRefusal(third.get("/"), 504, "member-timeout", "yes", "5");
        }
    }

    @Test
    void onlySoManyTryAgainAtOnce() throws Exception {
        int always = 16;
        var mayAnswer = new CountDownLatch(1);
        var clients = new ArrayList<RawClient>();
        try (var broken = silent();
                var busy = new RawBackend(peer -> {
                    while (true) {
                        var target = peer.request().target();
                        await().until(() -> mayAnswer.getCount() == 0);
                        peer.answer(target);
                    }
                });
                var proxy = new StickyProxy(broken, busy)) {
            for (int i = 0; i < 60; i++) {
                clients.add(proxy.client().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            await().untilAsserted(() -> {
                int lost = broken.requests().size();
                assertThat(proxy.counted(Count.RETRIES)).isEqualTo(always);
                assertThat(proxy.counted(Count.RETRIES_DENIED)).isEqualTo(lost - always);
                assertThat(busy.requests()).hasSize(60 - lost + always);
            });
            mayAnswer.countDown();
            var denied = new ArrayList<Message>();
            for (var client : clients) {
                var answer = client.response();
                if (answer.status() != 200) {
                    denied.add(answer);
                }
            }
            assertThat(denied).isNotEmpty();
            denied.forEach(answer -> assertRefusal(answer, 503, "retry-budget-spent", "yes", "1"));
            assertThat(denied).hasSize((int) proxy.counted(Count.RETRIES_DENIED));
            await().untilAsserted(() -> assertThat(proxy.active()).isZero());
            for (var client : clients) {
                assertThat(client.get("/again").status()).isEqualTo(200);
            }
        } finally {
            closeAll(clients);
        }
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (var client : clients) {
            client.close();
        }
    }
}
