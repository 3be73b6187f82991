package io.evenkeel.dataplane.stickiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTests {

    private static final UUID POOL = UUID.fromString("0199a000-1111-7222-8333-444455556666");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SessionCookie cookie = new SessionCookie(KEY, POOL);
    private final SessionCookie.Content content = new SessionCookie.Content();

    private static String written(SessionCookie by, long mark, int issuedAt, int session) {
        var text = new byte[SessionCookie.LENGTH];
        by.write(mark, issuedAt, session, text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private boolean reads(SessionCookie by, String value) {
        var bytes = ("=" + value + ";").getBytes(StandardCharsets.ISO_8859_1);
        return by.read(MemorySegment.ofArray(bytes), 1, bytes.length - 1, content);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsWhatItHasWritten(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            long mark = random.nextLong();
            int issuedAt = random.nextInt();
            int session = random.nextInt();
            var value = written(cookie, mark, issuedAt, session);
            assertThat(value).matches("[A-Za-z0-9_-]{32}");
            assertThat(reads(cookie, value)).isTrue();
            assertThat(content.mark()).isEqualTo(mark);
            assertThat(content.issuedAt()).isEqualTo(issuedAt);
            assertThat(content.session()).isEqualTo(session);
        }
    }

    @Test
    void isTheSameForAnotherWorkerAndLater() {
        var other = new SessionCookie(KEY.clone(), POOL);
        var member = UUID.randomUUID();
        assertThat(other.name()).isEqualTo(cookie.name());
        assertThat(other.markOf(member)).isEqualTo(cookie.markOf(member));
        assertThat(reads(other, written(cookie, cookie.markOf(member), 7, 8))).isTrue();
    }

    @Test
    void isNothingToAnotherPoolOrKey() {
        var value = written(cookie, 1, 2, 3);
        var otherPool = new SessionCookie(KEY, UUID.randomUUID());
        assertThat(reads(otherPool, value)).isFalse();
        assertThat(otherPool.name()).isNotEqualTo(cookie.name());
        var key = KEY.clone();
        key[31] ^= 1;
        var otherKey = new SessionCookie(key, POOL);
        assertThat(reads(otherKey, value)).isFalse();
        assertThat(otherKey.markOf(POOL)).isNotEqualTo(cookie.markOf(POOL));
    }

    @Test
    void refusesAValueOfWhichAnyCharacterIsAnother() {
        var value = written(cookie, 0x1122334455667788L, 1_900_000_000, -5);
        for (int at = 0; at < value.length(); at++) {
            for (char c = 0; c < 256; c++) {
                if (c != value.charAt(at)) {
                    var forged = value.substring(0, at) + c + value.substring(at + 1);
                    assertThat(reads(cookie, forged)).as(forged).isFalse();
                }
            }
        }
        assertThat(content.mark()).as("changed by what was refused").isZero();
    }

    @Test
    void refusesEveryOtherLength() {
        var value = written(cookie, 1, 2, 3);
        for (int length = 0; length < 64; length++) {
            if (length != SessionCookie.LENGTH) {
                assertThat(reads(cookie, (value + value).substring(0, length))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void neverTakesNoiseForAValue(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            var noise = new byte[SessionCookie.LENGTH];
            random.nextBytes(noise);
            assertThat(cookie.read(MemorySegment.ofArray(noise), 0, noise.length, content))
                    .isFalse();
        }
    }

    @Test
    void tellsNothingOfPoolAndMembers() {
        var marks = new HashSet<Long>();
        for (int i = 0; i < 10_000; i++) {
            marks.add(cookie.markOf(new UUID(POOL.getMostSignificantBits(), i)));
        }
        assertThat(marks).hasSize(10_000);
        var name = new String(cookie.name(), StandardCharsets.US_ASCII);
        assertThat(name).matches("EVENKEEL-[0-9a-f]{8}");
        assertThat(POOL.toString().replace("-", "")).doesNotContain(name.substring(9));
    }
}
