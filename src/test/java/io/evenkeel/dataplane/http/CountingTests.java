package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.traffic.Count;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a proxy counts of what it did. */
class CountingTests {

    @Test
    void countsConnectionsRequestsStatusesAndBytes() throws Exception {
        var response = "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc";
        try (var backend = RawBackend.sending(response);
                var proxy = Proxy.over(backend)) {
            try (var client = proxy.client()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.get("/").status()).isEqualTo(404);
                }
                await().untilAsserted(() ->
                        assertThat(proxy.counted(Count.RESPONSES_4XX)).isEqualTo(3));
                var own = proxy.traffic(null).orElseThrow();
                assertThat(own.get(Count.ACCEPTED)).isEqualTo(1);
                assertThat(own.get(Count.OPEN)).isEqualTo(1);
                var member = proxy.traffic(proxy.pool().member(0).id()).orElseThrow();
                assertThat(member.get(Count.PICKED)).isEqualTo(3);
                assertThat(member.get(Count.ACTIVE)).isZero();
                assertThat(member.get(Count.RESPONSES_4XX)).isEqualTo(3);
                assertThat(member.get(Count.BYTES_OUT)).isEqualTo(3L * response.length());
                assertThat(member.get(Count.BYTES_IN)).isEqualTo(3L * "GET / HTTP/1.1\r\nHost: test\r\n\r\n".length());
                assertThat(Arrays.stream(member.responseTimes()).sum()).isEqualTo(3);
                assertThat(proxy.counted(Count.FAILURES)).isZero();
            }
            await().untilAsserted(() -> assertThat(proxy.counted(Count.OPEN)).isZero());
        }
    }

    @Test
    void countsWhatItAnsweredItselfForNoMember() throws Exception {
        try (var proxy = Proxy.over(new ListedPool());
                var client = proxy.client()) {
            assertThat(client.get("/").status()).isEqualTo(503);
            client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(400);

            await().untilAsserted(() -> {
                var own = proxy.traffic(null).orElseThrow();
                assertThat(own.get(Count.RESPONSES_5XX)).isEqualTo(1);
                assertThat(own.get(Count.RESPONSES_4XX)).isEqualTo(1);
                assertThat(own.get(Count.PICKED)).isZero();
            });
        }
    }

    @Test
    void countsTheMemberThatCouldNotBeReachedAndTheOneThatWas() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 204 No Content\r\n\r\n")) {
            var pool = new ListedPool(FailureTests.closedPort(), backend.address());
            try (var proxy = Proxy.over(pool);
                    var client = proxy.client()) {
                assertThat(client.get("/").status()).isEqualTo(204);

                proxy.awaitAllReleased();
                var failed = proxy.traffic(pool.member(0).id()).orElseThrow();
                assertThat(failed.get(Count.CONNECT_FAILURES)).isEqualTo(1);
                assertThat(failed.get(Count.RETRIES)).isEqualTo(1);
                assertThat(failed.get(Count.FAILURES)).isZero();
                var served = proxy.traffic(pool.member(1).id()).orElseThrow();
                assertThat(served.get(Count.PICKED)).isEqualTo(1);
                assertThat(served.get(Count.RESPONSES_2XX)).isEqualTo(1);
            }
        }
    }
}
