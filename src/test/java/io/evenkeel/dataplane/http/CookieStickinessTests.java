package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.stickiness.SessionCookie;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are known by a cookie, by the member that each lands at. */
@OnEveryTransport
class CookieStickinessTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> NAMES = List.of("one", "two", "three");

    private RawBackend[] backends = {};
    private StickyProxy proxy;

    @BeforeEach
    void open() throws IOException {
        backends = new RawBackend[] {named("one"), named("two"), named("three")};
        proxy = new StickyProxy(backends);
    }

    /** Answers its name, and sets the application's cookie where the path asks for it. */
    private static RawBackend named(String name) throws IOException {
        return new RawBackend(peer -> {
            while (true) {
                var target = peer.request().target();
                var set = target.startsWith("/login")
                        ? "Set-Cookie: other=1\r\nSet-Cookie: JSESSIONID=" + target.substring(7)
                                + "; Path=/; HttpOnly\r\n"
                        : "";
                peer.send("HTTP/1.1 200 OK\r\n" + set + "Content-Length: " + name.length() + "\r\n\r\n" + name);
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        for (var backend : backends) {
            backend.close();
        }
    }

    /** Over a connection of its own. */
    private Message ask(String path, String... cookies) throws IOException {
        try (var client = proxy.client()) {
            var cookie = cookies.length == 0 ? "" : "Cookie: " + String.join("; ", cookies) + "\r\n";
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + cookie + "\r\n")
                    .response();
        }
    }

    private String bodyOf(String... cookies) throws IOException {
        return ask("/", cookies).body();
    }

    /** The pair that a client sends back, of the cookie whose name begins so. */
    private static String pair(Message answer, String name) {
        return Arrays.stream(answer.head().split("\r\n"))
                .filter(line -> line.startsWith("Set-Cookie: " + name))
                .map(line -> line.substring(12).split(";", 2)[0])
                .findFirst()
                .orElse("");
    }

    private static String own(Message answer) {
        return pair(answer, "EVENKEEL-");
    }

    private int indexOf(Message answer) {
        return NAMES.indexOf(answer.body());
    }

    @Test
    void withoutStickinessNoCookieIsSet() throws IOException {
        assertThat(ask("/").field("Set-Cookie")).isNull();
        assertThat(proxy.counted(Count.STUCK)).isZero();
    }

    @Test
    void theCookieLeadsToItsMember() throws IOException {
        proxy.cookies(HOUR);
        var landed = new HashSet<String>();
        for (int client = 0; client < 9; client++) {
            var first = ask("/");
            assertThat(first.field("Set-Cookie"))
                    .matches("EVENKEEL-[0-9a-f]{8}=[A-Za-z0-9_-]{32}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
            for (int i = 0; i < 5; i++) {
                var again = ask("/", own(first));
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(again.field("Set-Cookie")).isNull();
            }
            landed.add(first.body());
        }
        assertThat(landed).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(proxy.counted(Count.STUCK)).isEqualTo(45);
        assertThat(proxy.counted(Count.PICKED)).isEqualTo(54);
    }

    @Test
    void theMemberNeverSeesIt() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        ask("/", own(first));
        ask("/", "a=1", own(first), "b=2");
        var seen = backends[indexOf(first)].requests();
        assertThat(seen).hasSize(3).noneMatch(request -> request.head().contains("EVENKEEL"));
        assertThat(seen.get(1).field("Cookie")).isNull();
        assertThat(seen.get(2).field("Cookie")).isEqualTo("a=1; b=2");
    }

    @Test
    void itLeadsThereThroughChangesOfWeightsAndLossAndReturnOfOthers() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        int home = indexOf(first);
        int other = (home + 1) % 3;
        proxy.weight(home, 100).weight(other, 7);
        assertThat(bodyOf(own(first))).isEqualTo(first.body());
        proxy.lose(other);
        assertThat(bodyOf(own(first))).isEqualTo(first.body());
        proxy.find(other).lose((home + 2) % 3);
        assertThat(bodyOf(own(first))).isEqualTo(first.body());
    }

    @Test
    void aMemberOfWeightZeroKeepsItsClientsUntilTheirTimeIsOver() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        proxy.weight(indexOf(first), 0).pass(Duration.ofMinutes(50));
        var again = ask("/", own(first));
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.field("Set-Cookie")).as("it is not renewed").isNull();
        for (int i = 0; i < 10; i++) {
            assertThat(bodyOf()).isNotEqualTo(first.body());
        }
        proxy.pass(Duration.ofMinutes(11));
        assertThat(bodyOf(own(first))).isNotEqualTo(first.body());
    }

    @Test
    void whoseMemberIsLostGetsAnotherAndStaysThere() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        proxy.lose(indexOf(first));
        var moved = ask("/", own(first));
        assertThat(moved.body()).isNotEqualTo(first.body());
        assertThat(own(moved)).isNotEmpty().isNotEqualTo(own(first));
        proxy.find(indexOf(first));
        for (int i = 0; i < 5; i++) {
            assertThat(bodyOf(own(moved))).isEqualTo(moved.body());
        }
    }

    @Test
    void whoseMemberCannotBeReachedStaysWhereItWent() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        backends[indexOf(first)].close();
        var moved = ask("/", own(first));
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.body()).isNotEqualTo(first.body());
        assertThat(bodyOf(own(moved))).isEqualTo(moved.body());
    }

    @Test
    void itIsRenewedWhileTheClientComesAndEndsWhenItDoesNot() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        proxy.pass(Duration.ofSeconds(59));
        assertThat(own(ask("/", own(first)))).isEmpty();
        proxy.pass(Duration.ofSeconds(1));
        var renewed = ask("/", own(first));
        assertThat(own(renewed)).isNotEmpty().isNotEqualTo(own(first));
        proxy.pass(Duration.ofMinutes(59).plusSeconds(30));
        assertThat(bodyOf(own(renewed))).isEqualTo(first.body());
        var late = ask("/", own(first));
        assertThat(own(late)).as("the old one is over").isNotEmpty();
    }

    @Test
    void forgedAndGarbledCookiesAreNoCookies() throws IOException {
        proxy.cookies(HOUR);
        var good = own(ask("/"));
        var name = good.substring(0, good.indexOf('='));
        var random = new SplittableRandom(11);
        for (int i = 0; i < 60; i++) {
            var value = new StringBuilder(good.substring(good.indexOf('=') + 1));
            int at = random.nextInt(value.length());
            value.setCharAt(at, value.charAt(at) == 'A' ? 'B' : 'A');
            var answer = ask("/", name + "=" + value);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(own(answer)).isNotEmpty();
        }
        for (var bad : List.of("", "=", "x".repeat(20_000), good.substring(good.indexOf('=')), "\"", "%00", "a,b")) {
            assertThat(ask("/", name + "=" + bad).status()).isEqualTo(200);
        }
        assertThat(proxy.counted(Count.STUCK)).isZero();
    }

    @Test
    void ofSeveralTheFirstThatHoldsCountsAndFewAreTried() throws IOException {
        proxy.cookies(HOUR);
        var first = ask("/");
        var name = own(first).substring(0, own(first).indexOf('='));
        var bad = name + "=" + "A".repeat(SessionCookie.LENGTH);
        for (int i = 0; i < 4; i++) {
            assertThat(bodyOf(bad, "x=1", bad, own(first), bad)).isEqualTo(first.body());
        }
        var landed = new HashSet<String>();
        for (int i = 0; i < 12; i++) {
            landed.add(bodyOf(bad, bad, bad, bad, own(first)));
        }
        assertThat(landed).hasSizeGreaterThan(1);
    }

    @Test
    void switchingItOnAndOffFailsNoRequest() throws IOException {
        try (var client = proxy.client()) {
            String cookie = "";
            for (int round = 0; round < 60; round++) {
                if (round % 3 == 0) {
                    proxy.cookies(HOUR);
                } else if (round % 3 == 1) {
                    proxy.applicationCookie("JSESSIONID");
                } else {
                    proxy.unsticky();
                }
                for (int i = 0; i < 5; i++) {
                    var answer = client.send(
                                    "GET / HTTP/1.1\r\nHost: a\r\nCookie: JSESSIONID=x; " + cookie + "\r\n\r\n")
                            .response();
                    assertThat(answer.status()).isEqualTo(200);
                    cookie = own(answer).isEmpty() ? cookie : own(answer);
                }
            }
        }
        await().untilAsserted(() -> assertThat(proxy.active()).isZero());
    }

    @Test
    void theApplicationsCookieLeadsWhereItWasSet() throws IOException {
        proxy.applicationCookie("JSESSIONID");
        assertThat(own(ask("/"))).as("nothing to keep yet").isEmpty();
        for (int client = 0; client < 6; client++) {
            var login = ask("/login?s" + client);
            var cookie = pair(login, "JSESSIONID");
            assertThat(cookie).isEqualTo("JSESSIONID=s" + client);
            for (int i = 0; i < 5; i++) {
                assertThat(bodyOf(cookie)).as("by its own cookie alone").isEqualTo(login.body());
                assertThat(bodyOf("a=1", cookie, own(login))).isEqualTo(login.body());
            }
        }
        assertThat(Objects.requireNonNull(backends[0].requests().getLast()).head())
                .doesNotContain("EVENKEEL");
    }

    @Test
    void ourCookieBesideItLeadsThereForAnotherWorkerWithItsOwnAlone() throws IOException {
        proxy.applicationCookie("JSESSIONID");
        var login = ask("/login?abc");
        assertThat(login.head()).contains("; Path=/; HttpOnly; SameSite=Lax\r\n");
        try (var other = new StickyProxy(backends).applicationCookie("JSESSIONID")) {
            for (int i = 0; i < 5; i++) {
                try (var client = other.client()) {
                    // Each value is new to this worker once only, and bound to its cookie always.
                    assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + own(login)
                                            + "; JSESSIONID=abc\r\n\r\n")
                                    .response()
                                    .body())
                            .isEqualTo(login.body());
                }
            }
            assertThat(other.counted(Count.STUCK)).isEqualTo(5);
        }
        try (var third = new StickyProxy(backends).applicationCookie("JSESSIONID");
                var client = third.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + own(login) + "; JSESSIONID=other\r\n\r\n")
                    .response();
            client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + own(login) + "\r\n\r\n")
                    .response();
            assertThat(third.counted(Count.STUCK)).as("bound to its value").isZero();
        }
    }

    @Test
    void whoseMemberIsLostSettlesElsewhereWithTheSameApplicationCookie() throws IOException {
        proxy.applicationCookie("JSESSIONID");
        var login = ask("/login?abc");
        proxy.lose(indexOf(login));
        var moved = ask("/", "JSESSIONID=abc", own(login));
        assertThat(moved.body()).isNotEqualTo(login.body());
        proxy.find(indexOf(login));
        for (int i = 0; i < 5; i++) {
            assertThat(bodyOf("JSESSIONID=abc")).isEqualTo(moved.body());
            assertThat(bodyOf("JSESSIONID=abc", own(moved))).isEqualTo(moved.body());
        }
    }
}
