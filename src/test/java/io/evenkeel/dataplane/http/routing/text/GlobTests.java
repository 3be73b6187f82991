package io.evenkeel.dataplane.http.routing.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTests {

    private static boolean matches(String pattern, String text) {
        var bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
        return new Glob(pattern).matches(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,     abc,     true",
        "abc,     abcd,    false",
        "a*,      a,       true",
        "*,       '',      true",
        "?,       '',      false",
        "?,       é,       true",
        "??,      é,       false",
        "é?,      éa,      true",
        "a*b*c,   aXbYc,   true",
        "a*b*c,   aXbY,    false",
        "*aab,    aaaaab,  true",
        "**a**,   bab,     true"
    })
    void starsAndQuestionMarksStandForCharacters(String pattern, String text, boolean expected) {
        assertThat(matches(pattern, text)).isEqualTo(expected);
    }

    @Test
    void aLongPatternIsFollowedToItsEnd() {
        var text = "é".repeat(60) + "z" + "y".repeat(60);
        assertThat(matches("?".repeat(60) + "z*" + "y".repeat(60), text)).isTrue();
        assertThat(matches("?".repeat(60) + "z*" + "y".repeat(61), text)).isFalse();
        assertThat(matches("*" + "y".repeat(100) + "*z", "y".repeat(5000) + "z"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void saysTheSameAsARegularExpression(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            var pattern = random(random, "ab*?", 1 + random.nextInt(i % 100 == 0 ? 90 : 7));
            var text = random(random, "ab", random.nextInt(9));
            var regex = pattern.replace("*", "[ab]*").replace("?", "[ab]");
            assertThat(matches(pattern, text))
                    .as("%s of %s, seed %s", pattern, text, seed)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    private static String random(Random random, String letters, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
