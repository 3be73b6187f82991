package io.evenkeel.dataplane.http.sticky;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.pool.CookieStickiness;
import io.evenkeel.dataplane.pool.ManualLoop;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told, and by what it is known again. */
class CookieSessionTests {

    private static final UUID POOL = new UUID(7, 7);

    private final BlockPool blocks = new BlockPool(1 << 20);
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final PoolRuntime pool = new PoolRuntime(POOL, List.of(new ManualLoop(0)), () -> now);

    private CookieStickiness keep(DesiredStickiness.Type type, Duration timeout) {
        pool.update(
                new DesiredPool(
                        POOL,
                        1,
                        "project",
                        true,
                        true,
                        PoolProtocol.HTTP,
                        Algorithm.ROUND_ROBIN,
                        false,
                        Optional.empty(),
                        List.of(new DesiredMember(new UUID(8, 1), "127.0.0.1", 80, 1, "az", true)),
                        DesiredPool.Presence.PLAIN,
                        Optional.of(new DesiredStickiness(
                                type,
                                type == DesiredStickiness.Type.APP_COOKIE ? "SID" : "",
                                timeout,
                                "ab".repeat(32)))),
                id -> Health.WELL);
        return requireNonNull(pool.cookies());
    }

    private static MemorySegment bytes(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Member picked() {
        return requireNonNull(pool.pick(0, 1));
    }

    /** Whether a request with these cookies is led to the member. */
    private boolean isLed(CookieSession session, CookieStickiness stickiness, String cookies) throws RefusedException {
        var text = "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookies + "\r\n\r\n";
        var head = new RequestHead(blocks);
        head.read(bytes(text), 0, text.length());
        return session.begin(stickiness, head) != null;
    }

    /** The line that the response to it brings, or nothing. */
    private String told(CookieSession session, String setCookie) throws RefusedException {
        var text = "HTTP/1.1 200 OK\r\n" + setCookie + "\r\n";
        var head = new ResponseHead(blocks);
        head.read(bytes(text), 0, text.length());
        if (!session.belongTo(head)) {
            return "";
        }
        var out = blocks.take(BlockPool.LARGE);
        session.append(out);
        return new String(out.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    private static String pair(String line) {
        return line.substring(12).split(";", 2)[0];
    }

    @ParameterizedTest
    @CsvSource({"false, SameSite=Lax", "true, Secure; SameSite=None"})
    void theAttributesSuitTheConnection(boolean isTls, String expected) throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.HTTP_COOKIE, Duration.ofMinutes(5));
        var session = new CookieSession(0, isTls);
        assertThat(isLed(session, stickiness, "a=1")).isFalse();
        session.servedBy(picked());
        assertThat(told(session, ""))
                .matches("Set-Cookie: EVENKEEL-[0-9a-f]{8}=[A-Za-z0-9_-]{32}; Path=/; HttpOnly; " + expected
                        + "; Max-Age=300\r\n");
    }

    @Test
    void aCookieFromTheFutureIsGoodWithinFiveMinutes() throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.HTTP_COOKIE, Duration.ofMinutes(5));
        var session = new CookieSession(0, false);
        isLed(session, stickiness, "a=1");
        session.servedBy(picked());
        var cookie = pair(told(session, ""));
        now = now.minusSeconds(300);
        assertThat(isLed(session, stickiness, cookie)).isTrue();
        now = now.minusSeconds(1);
        assertThat(isLed(session, stickiness, cookie)).isFalse();
    }

    @Test
    void aShorterTimeCountsForSessionsThatExist() throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.HTTP_COOKIE, Duration.ofHours(1));
        var session = new CookieSession(0, false);
        isLed(session, stickiness, "a=1");
        session.servedBy(picked());
        var cookie = pair(told(session, ""));
        now = now.plus(Duration.ofMinutes(6));
        assertThat(isLed(session, stickiness, cookie)).isTrue();
        assertThat(isLed(session, keep(DesiredStickiness.Type.HTTP_COOKIE, Duration.ofMinutes(5)), cookie))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Set-Cookie: SID=v1; Path=/             | SID=v1   | true
            Set-Cookie: SID="v1"                   | SID=v1   | true
            Set-Cookie: SID=v1                     | SID="v1" | true
            set-cookie:   SID = v1 ;HttpOnly       | SID=v1   | true
            Set-Cookie: SID=v1                     | SID=v2   | false
            Set-Cookie: SID=v1                     | sid=v1   | false
            Set-Cookie: SIDX=v1                    | SID=v1   | false
            Set-Cookie: SID=; Max-Age=0            | SID=     | false
            Set-Cookie: x=SID=v1                   | SID=v1   | false
            Set-Cookie: SID                        | SID=v1   | false
            """)
    void whatTheApplicationSetsIsLearnt(String setCookie, String cookies, boolean isKnown) throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.APP_COOKIE, Duration.ZERO);
        var session = new CookieSession(0, false);
        assertThat(isLed(session, stickiness, "a=1")).isFalse();
        session.servedBy(picked());
        told(session, setCookie + "\r\n");
        assertThat(isLed(new CookieSession(0, false), stickiness, cookies)).isEqualTo(isKnown);
    }

    @Test
    void ofSeveralThatTheApplicationSetsTheLastCounts() throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.APP_COOKIE, Duration.ZERO);
        var session = new CookieSession(0, false);
        isLed(session, stickiness, "a=1");
        session.servedBy(picked());
        told(session, "Set-Cookie: SID=one\r\nSet-Cookie: other=x\r\nSet-Cookie: SID=two\r\n");
        assertThat(isLed(session, stickiness, "SID=two")).isTrue();
        assertThat(isLed(session, stickiness, "SID=one")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'own; policy', ''",
        "'policy; own', ''",
        "'policy; a=1; own', 'a=1'",
        "'own; a=1; policy; b=2; own; policy', 'a=1; b=2'",
        "'policy', ''",
    })
    void thePolicysCookieIsTakenOutBesideThePools(String sent, String forwarded) throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.HTTP_COOKIE, Duration.ofMinutes(5));
        var session = new CookieSession(0, false);
        isLed(session, stickiness, "a=1");
        session.servedBy(picked());
        var own = pair(told(session, ""));
        var text = "GET / HTTP/1.1\r\nHost: a\r\nCookie: "
                + sent.replace("own", own).replace("policy", "EVENKEEL-1=x") + "\r\n\r\n";
        var head = new RequestHead(blocks);
        head.read(bytes(text), 0, text.length());
        var member = session.begin(stickiness, head, "EVENKEEL-1".getBytes(StandardCharsets.US_ASCII));
        assertThat(member != null).isEqualTo(sent.contains("own"));
        var out = blocks.take(BlockPool.LARGE);
        head.appendFields(out);
        assertThat(new String(out.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1))
                .isEqualTo("Host: a\r\n" + (forwarded.isEmpty() ? "" : "Cookie: " + forwarded + "\r\n"));
    }

    @Test
    void anUnusedValueIsForgottenAfterADay() throws RefusedException {
        var stickiness = keep(DesiredStickiness.Type.APP_COOKIE, Duration.ZERO);
        var session = new CookieSession(0, false);
        isLed(session, stickiness, "SID=x");
        session.servedBy(picked());
        var own = pair(told(session, ""));
        now = now.plus(Duration.ofHours(24));
        assertThat(isLed(session, stickiness, "SID=x")).isTrue();
        now = now.plusSeconds(1);
        assertThat(isLed(session, stickiness, "SID=x")).isFalse();
        assertThat(isLed(session, stickiness, own + "; SID=x")).as("by our own").isTrue();
    }
}
