package io.evenkeel.dataplane.http.routing.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTests {

    private static Patterns patterns(List<String> regexes) {
        var builder = new Patterns.Builder();
        regexes.forEach(builder::add);
        return builder.build();
    }

    private static List<Integer> matching(List<String> regexes, String path) {
        var patterns = patterns(regexes);
        var bytes = path.getBytes(StandardCharsets.UTF_8);
        var results = new byte[regexes.size() + 3];
        var found = new ArrayList<Integer>();
        for (int i = 0; i < regexes.size(); i++) {
            if (patterns.matches(i, bytes, bytes.length, results)) {
                found.add(i);
            }
        }
        return found;
    }

    @Test
    void tellsInOnePassWhichMatch() {
        var regexes = List.of("^/a", "b$", "/(x|y)+/", "[0-9]{2,3}$", "", "^$", "a.c", "(?i)ABC", "\\.jpg", "[^/]\\d");
        assertThat(patterns(regexes).automata()).isEqualTo(1);
        assertThat(matching(regexes, "/a/xy/12")).containsExactly(0, 2, 3, 4, 9);
        assertThat(matching(regexes, "/z/aBc.jpg")).containsExactly(4, 6, 7, 8);
        assertThat(matching(regexes, "/a\ncb")).containsExactly(0, 1, 4);
    }

    @Test
    void leavesToOthersWhatNoAutomatonIsMadeOf() {
        var regexes = List.of("\\bab\\b", "\\pL", "[[:digit:]]", "^/x", "(?s)a.b");
        assertThat(matching(regexes, "/ab")).containsExactly(0, 1);
        assertThat(matching(regexes, "/x1")).containsExactly(1, 2, 3);
        assertThat(matching(regexes, "/a\nb")).containsExactly(1, 4);
    }

    @Test
    void pathsBeyondAsciiAreUnderstoodToo() {
        var regexes = List.of("^/caf.$", "é", "[^a-z/]$", "^/caf..$");
        assertThat(matching(regexes, "/café")).containsExactly(0, 1, 2);
    }

    @Test
    void manyTakeFewPasses() {
        var regexes = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            regexes.add("^/api/v" + i % 3 + "/things-" + i + "/[a-z]+(/[0-9]+)?$");
        }
        assertThat(patterns(regexes).automata()).isBetween(1, 8);
        assertThat(matching(regexes, "/api/v1/things-400/abc/12")).containsExactly(400);
    }

    @Test
    void whatWouldBecomeTooLargeIsMatchedAllTheSame() {
        var regexes = List.of("(a|b)*a(a|b){20}$", "^/[ab]*$", "(a|b)*b(a|b){25}c");
        assertThat(matching(regexes, "/" + "ba".repeat(20))).containsExactly(0, 1);
        assertThat(matching(regexes, "/" + "b".repeat(26) + "c")).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void saysTheSameAsEachAlone(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            var regexes = new ArrayList<String>();
            while (regexes.size() < 8) {
                var regex = regex(random, 3);
                if (isRegex(regex)) {
                    regexes.add(regex);
                }
            }
            for (int i = 0; i < 20; i++) {
                var path = "/" + text(random, "ab/1A\n", random.nextInt(8));
                var expected = new ArrayList<Integer>();
                for (int n = 0; n < regexes.size(); n++) {
                    if (Pattern.compile(regexes.get(n)).matcher(path).find()) {
                        expected.add(n);
                    }
                }
                assertThat(matching(regexes, path))
                        .as("seed %s: %s of %s", seed, path, regexes)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean isRegex(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static String regex(Random random, int depth) {
        var inner = depth == 0 ? "" : regex(random, depth - 1);
        return switch (random.nextInt(14)) {
            case 0 -> inner + "a";
            case 1 -> inner + "/b";
            case 2 -> "^" + inner;
            case 3 -> inner + "$";
            case 4 -> "(" + inner + ")*";
            case 5 -> "(?:" + inner + ")+?";
            case 6 -> inner + "|1";
            case 7 -> "[^a/]" + inner;
            case 8 -> inner + "[a-b1]{1,2}";
            case 9 -> inner + ".";
            case 10 -> "(" + inner + "|A)" + inner;
            case 11 -> inner + "\\w?";
            case 12 -> inner + "\\D";
            default -> "(?i)" + inner;
        };
    }

    private static String text(Random random, String letters, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
