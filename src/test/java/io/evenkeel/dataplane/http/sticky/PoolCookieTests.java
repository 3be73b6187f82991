package io.evenkeel.dataplane.http.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what a policy knows which of its pools a client belongs to. */
class PoolCookieTests {

    private static final UUID POLICY = new UUID(7, 1);
    private static final UUID A = new UUID(8, 1);
    private static final UUID B = new UUID(8, 2);
    private static final UUID C = new UUID(8, 3);
    private static final String KEY = "ab".repeat(32);

    private final BlockPool blocks = new BlockPool(1 << 20);
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    private PoolCookie cookie(UUID... pools) {
        return cookie(POLICY, KEY, false, pools);
    }

    private PoolCookie cookie(UUID policy, String key, boolean isTls, UUID... pools) {
        return new PoolCookie(policy, new Stickiness(Duration.ofMinutes(5), key), List.of(pools), isTls, 2, () -> now);
    }

    private RequestHead head(String cookies) throws RefusedException {
        var text = "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookies + "\r\n\r\n";
        var head = new RequestHead(blocks);
        head.read(MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1)), 0, text.length());
        return head;
    }

    private int find(PoolCookie cookie, String cookies) throws RefusedException {
        return cookie.find(1, head(cookies));
    }

    private String line(@Nullable AddedFields told) throws RefusedException {
        if (told == null) {
            return "";
        }
        var text = "HTTP/1.1 200 OK\r\n\r\n";
        var response = new ResponseHead(blocks);
        response.read(MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)), 0, text.length());
        assertThat(told.belongTo(response)).isTrue();
        var out = blocks.take(BlockPool.LARGE);
        told.append(out);
        return new String(out.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }

    private String told(PoolCookie cookie, int place) throws RefusedException {
        return line(cookie.telling(1, place)).substring(12).split(";", 2)[0];
    }

    @ParameterizedTest
    @CsvSource({"false, SameSite=Lax", "true, Secure; SameSite=None"})
    void theCookieIsLikeThoseOfPools(boolean isTls, String expected) throws RefusedException {
        assertThat(line(cookie(POLICY, KEY, isTls, A, B).telling(0, 1)))
                .matches("Set-Cookie: EVENKEEL-[0-9a-f]{8}=[A-Za-z0-9_-]{32}; Path=/; HttpOnly; " + expected
                        + "; Max-Age=300\r\n");
    }

    @Test
    void itLeadsToItsPoolWhereverThatStandsInTheList() throws RefusedException {
        var ofB = told(cookie(A, B), 1);
        assertThat(find(cookie(A, B), ofB)).isEqualTo(1);
        assertThat(find(cookie(B, C, A), "x=1; " + ofB)).isZero();
        assertThat(find(cookie(A, C), ofB)).isEqualTo(PoolCookie.NONE);
    }

    @Test
    void onlyThePolicysOwnCookieLeads() throws RefusedException {
        var cookie = cookie(A, B);
        var good = told(cookie, 1);
        assertThat(find(cookie, "a=1")).isEqualTo(PoolCookie.NONE);
        assertThat(find(cookie(new UUID(7, 2), KEY, false, A, B), good)).isEqualTo(PoolCookie.NONE);
        assertThat(find(cookie(POLICY, "cd".repeat(32), false, A, B), good)).isEqualTo(PoolCookie.NONE);
        for (int i = good.indexOf('=') + 1; i < good.length(); i++) {
            var forged = good.substring(0, i) + (good.charAt(i) == 'A' ? 'B' : 'A') + good.substring(i + 1);
            assertThat(find(cookie, forged)).as(forged).isEqualTo(PoolCookie.NONE);
        }
    }

    @Test
    void itIsRenewedAfterAnEighthOfTheTimeAndOverAtItsEnd() throws RefusedException {
        var cookie = cookie(A, B);
        var first = told(cookie, 1);
        now = now.plusSeconds(37);
        assertThat(find(cookie, first)).isEqualTo(1);
        assertThat(line(cookie.renewing(1, 1))).hasSizeGreaterThan(32);
        now = now.minusSeconds(1);
        find(cookie, first);
        assertThat(line(cookie.renewing(1, 1))).isEmpty();
        now = now.plusSeconds(264);
        assertThat(find(cookie, first)).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(find(cookie, first)).isEqualTo(PoolCookie.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'{0}', ''",
        "'a=1; {0}', 'a=1'",
        "'{0}; a=1', 'a=1'",
        "'a=1; {0}; b=2; {0}', 'a=1; b=2'",
    })
    void theMemberSeesAllOtherCookies(String sent, String forwarded) throws RefusedException {
        var cookie = cookie(A, B);
        var head = head(sent.replace("{0}", told(cookie, 0)));
        assertThat(cookie.find(0, head)).isZero();
        cookie.takeOut(0, head);
        var out = blocks.take(BlockPool.LARGE);
        head.appendFields(out);
        assertThat(new String(out.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII))
                .isEqualTo("Host: a\r\n" + (forwarded.isEmpty() ? "" : "Cookie: " + forwarded + "\r\n"));
    }
}
