package io.evenkeel.dataplane.http.smuggling;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.conformance.ProxyUnderTest;
import io.evenkeel.dataplane.http.smuggling.IndependentServer.Seen;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attempts to hide one request in another (RFC 9112 §11.2). Behind the proxy the JDK's server, Tomcat and a reader that
 * takes anything count the requests they see: as many as the proxy forwarded, and the same.
 */
@OnEveryTransport
class SmugglingTests {

    private static final String GOOD = "GET /good HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private static Path home;

    private static final Map<IndependentServer, ProxyUnderTest> PROXIES = new LinkedHashMap<>();

    @BeforeAll
    static void open() throws Exception {
        for (var server : List.of(new JdkServer(), new TomcatServer(home), new LenientServer())) {
            PROXIES.put(server, new ProxyUnderTest(server.address()));
        }
    }

    @AfterAll
    static void close() {
        PROXIES.values().forEach(ProxyUnderTest::close);
        PROXIES.keySet().forEach(IndependentServer::close);
        PROXIES.clear();
    }

    /** What happens when this is sent before every server in turn. */
    private interface Check {
        void check(IndependentServer server, Client client) throws IOException;
    }

    private static void beforeEach(Check check) throws IOException {
        for (var entry : PROXIES.entrySet()) {
            check.check(entry.getKey(), new Client(entry.getValue().address()));
        }
    }

    static Stream<String> attempts() {
        return Attempts.all();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void refusesTheAttemptAndNoServerSeesAnything(String attempt) throws IOException {
        beforeEach((server, client) -> {
            int before = server.count();
            var heard = client.sendAll(attempt + Attempts.HIDDEN + Attempts.HIDDEN, false);
            assertThat(heard.text()).matches("(?s)HTTP/1\\.1 (400|501|505) .*\r\nConnection: close\r\n\r\n[^/]*");
            assertThat(server.seenSince(before)).as(server.toString()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void refusesTheAttemptAfterAGoodRequest(String attempt) throws IOException {
        beforeEach((server, client) -> {
            int before = server.count();
            var heard = client.sendAll(GOOD + attempt + Attempts.HIDDEN, false);
            assertThat(heard.answers()).isEqualTo(1);
            assertThat(server.seenSince(before)).as(server.toString()).containsExactly(new Seen("GET", "/good", ""));
        });
    }

    static Stream<Harmless> harmless() {
        return Harmless.all();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void everyServerReadsTheSameOfWhatIsForwarded(Harmless requests) throws IOException {
        beforeEach((server, client) -> {
            if (requests.hasTrailers() && server instanceof JdkServer) {
                return;
            }
            int before = server.count();
            var heard = client.sendAll(requests.bytes() + GOOD, true);
            var expected = Stream.concat(requests.seen().stream(), Stream.of(new Seen("GET", "/good", "")))
                    .toList();
            assertThat(server.seenSince(before)).as(server.toString()).isEqualTo(expected);
            assertThat(heard.answers()).isEqualTo(expected.size());
        });
    }

    /** Whatever the bytes are: a request that a server saw and the proxy did not has an answer too many. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noServerSeesARequestThatTheProxyDidNotForward(long seed) throws IOException {
        var mutations = new Mutations(seed);
        for (int round = 0; round < 150; round++) {
            var bytes = mutations.next();
            beforeEach((server, client) -> {
                int before = server.count();
                var heard = client.sendAll(bytes, true);
                assertThat(heard.wasReset()).as("%s: %s", server, bytes).isFalse();
                assertThat(server.count() - before).as("%s: %s", server, bytes).isEqualTo((int) heard.answers());
            });
        }
    }

    @Test
    void thereAreManyAttempts() {
        assertThat(Attempts.all()).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
    }
}
