package io.evenkeel.dataplane.http.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTests {

    private static DesiredRule rule(Subject subject, Comparison comparison, String key, String... values) {
        return new DesiredRule(subject, comparison, key, List.of(values), false);
    }

    private static DesiredRule host(String... values) {
        return rule(Subject.HOST, Comparison.EQUALS, "", values);
    }

    private static DesiredRule path(String... values) {
        return rule(Subject.PATH, Comparison.EQUALS, "", values);
    }

    private static DesiredRule prefix(String... values) {
        return rule(Subject.PATH, Comparison.STARTS_WITH, "", values);
    }

    private static DesiredRule pattern(String... values) {
        return rule(Subject.PATH, Comparison.CONTAINS_PATTERN, "", values);
    }

    private static DesiredRule inverted(DesiredRule rule) {
        return new DesiredRule(rule.subject(), rule.comparison(), rule.key(), rule.values(), true);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Matcher matcher(List<DesiredRule>... policies) {
        return Matcher.of(List.of(policies));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example,        0",
        "SHOP.Example,        0",
        "shop.example:8080,   0",
        "shop.example.,       0",
        "shop.example.:80,    0",
        "xshop.example,      -1",
        "shop.example.org,   -1",
        "a.pets.example,      1",
        "a.b.pets.example,    1",
        "pets.example,       -1",
        ".pets.example,      -1",
        "a.Pets.Example.:1,   1",
        "[2001:db8::1]:80,   -1"
    })
    void hostsAreComparedWithoutCasePortAndLastDot(String host, int expected) {
        var matcher = matcher(List.of(host("shop.example")), List.of(host("*.pets.example")));
        assertThat(Asked.get(host, "/").firstOf(matcher)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b,           0",
        "/a/b?c=/x,      0",
        "/A/b,          -1",
        "/a/b/,         -1",
        "/a//b,          0",
        "/a/%62,         0",
        "/a/./b,         0",
        "/x/../a/b,      0",
        "/%2e%2e/a/b,   -2",
        "/a%2fb,         0",
        "/static,        1",
        "/static/x,      1",
        "/statics,       1",
        "/x/..;/static, -2",
        "/stati%63/x,    1",
        "/a.jpg,         2",
        "/a.jpg.html,   -1",
        "/a/%00,        -2",
        "/caf%C3%A9,     3",
        "/%zz,          -1"
    })
    void pathsAreComparedAsServersUnderstandThem(String target, int expected) {
        var matcher = matcher(
                List.of(path("/a/b")),
                List.of(prefix("/static")),
                List.of(pattern("^/[^/]+\\.(jpg|png)$")),
                List.of(path("/caf%c3%a9")));
        assertThat(Asked.get("h", target).firstOf(matcher)).isEqualTo(expected);
    }

    @Test
    void theFirstPolicyDecidesWhoseRulesAllMatch() {
        var matcher = matcher(
                List.of(host("a"), path("/x"), rule(Subject.METHOD, Comparison.EQUALS, "", "POST", "PUT")),
                List.of(host("a"), prefix("/")),
                List.of(path("/x")),
                List.of(host("b"), prefix("/", "/y")));
        assertThat(Asked.get("a", "/x").by("PUT").firstOf(matcher)).isZero();
        assertThat(Asked.get("a", "/x").firstOf(matcher)).isEqualTo(1);
        assertThat(Asked.get("b", "/x").firstOf(matcher)).isEqualTo(2);
        assertThat(Asked.get("b", "/y").firstOf(matcher)).isEqualTo(3);
        assertThat(Asked.get("c", "/y").firstOf(matcher)).isEqualTo(-1);
    }

    @Test
    void anInvertedRuleMatchesWhatItsValuesDoNot() {
        var matcher = matcher(
                List.of(inverted(host("a", "*.a")), path("/x")),
                List.of(inverted(prefix("/x", "/y"))),
                List.of(inverted(rule(Subject.HEADER, Comparison.EQUALS, "X-Beta", "1"))));
        assertThat(Asked.get("b", "/x").firstOf(matcher)).isZero();
        assertThat(Asked.get("b.a", "/z").firstOf(matcher)).isEqualTo(1);
        assertThat(Asked.get("a", "/y").firstOf(matcher)).isEqualTo(2);
        assertThat(Asked.get("a", "/y").with("x-beta: 1").firstOf(matcher)).isEqualTo(-1);
    }

    @Test
    void headersAreFoundInAnyCaseAndAnyLine() {
        var matcher = matcher(List.of(rule(Subject.HEADER, Comparison.EQUALS, "X-Kind", "a?c", "*z", "plain")));
        assertThat(Asked.get("h", "/").with("x-KIND:  abc ").firstOf(matcher)).isZero();
        assertThat(Asked.get("h", "/").with("X-Kind: no", "X-Kind: plain").firstOf(matcher))
                .isZero();
        assertThat(Asked.get("h", "/").with("X-Kind: xyz").firstOf(matcher)).isZero();
        assertThat(Asked.get("h", "/").with("X-Kind: PLAIN").firstOf(matcher)).isEqualTo(-1);
        assertThat(Asked.get("h", "/").with("X-Kinds: plain").firstOf(matcher)).isEqualTo(-1);
        assertThat(Asked.get("h", "/").firstOf(matcher)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "/?user=a1,          0",
        "/?x=1&user=a1,      0",
        "/?us%65r=%61%31,    0",
        "/?user=b+c,         0",
        "/?user=b%20c,       0",
        "/?user=a1&user=zz,  0",
        "/?User=a1,         -1",
        "/?user,            -1",
        "/?user=xa1,        -1",
        "/user=a1,          -1",
        "/?a=user=a1,       -1"
    })
    void parametersAreDecodedAsFormsAre(String target, int expected) {
        var matcher = matcher(List.of(rule(Subject.PARAMETER, Comparison.EQUALS, "user", "a*", "b c")));
        assertThat(Asked.get("h", target).firstOf(matcher)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,       0",
        "192.0.2.127,     0",
        "192.0.2.128,    -1",
        "2001:db8::1,     0",
        "2001:db9::1,    -1",
        "::ffff:10.1.2.3, 0",
        "10.1.3.3,       -1"
    })
    void clientsAreComparedByRanges(String source, int expected) {
        var matcher = matcher(List.of(rule(
                Subject.SOURCE_ADDRESS,
                Comparison.EQUALS,
                "",
                "192.0.2.0/25",
                "2001:db8::/32",
                "::ffff:10.1.2.0/120")));
        assertThat(Asked.get("h", "/").from(source).firstOf(matcher)).isEqualTo(expected);
    }

    @Test
    void aLongPathIsNotTriedOnPatterns() {
        var matcher = matcher(List.of(pattern("(a+)+$")));
        var target = "/" + "a".repeat(8191);
        assertThat(Asked.get("h", target).firstOf(matcher)).isZero();
        assertThat(Asked.get("h", target + "a").firstOf(matcher)).isEqualTo(-2);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> matcher(List.of(pattern("(a")))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> matcher(List.of(rule(Subject.SOURCE_ADDRESS, Comparison.EQUALS, "", "10.0.0.0/33"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void saysTheSameAsTryingOnePolicyAfterTheOther(long seed) {
        var random = new Generator(new Random(seed));
        for (int round = 0; round < 20; round++) {
            var policies = random.list(1 + random.below(60), random::policy);
            var matcher = Matcher.of(policies);
            var linear = new LinearMatcher(policies);
            for (int i = 0; i < 100; i++) {
                var request = random.request();
                assertThat(request.firstOf(matcher))
                        .as("seed %s: %s of %s", seed, request, policies)
                        .isEqualTo(linear.first(request));
            }
        }
    }

    /** Few different parts, so that much matches. */
    private record Generator(Random random) {

        int below(int bound) {
            return random.nextInt(bound);
        }

        private String one(String... of) {
            return of[below(of.length)];
        }

        <T> List<T> list(int size, Supplier<T> next) {
            var list = new ArrayList<T>();
            for (int i = 0; i < size; i++) {
                list.add(next.get());
            }
            return list;
        }

        private String domain() {
            return one("", "a.", "b.", "x.y.") + one("a.example", "b.example", "c");
        }

        private String segments() {
            return String.join("", list(1 + below(3), () -> "/" + one("", "a", "b", "ab", "c.d")));
        }

        private String rawPath() {
            return String.join(
                    "",
                    list(
                            1 + below(5),
                            () -> "/"
                                    + one(
                                            "", "a", "b", "ab", "c.d", "%61", "%2F", ".", "..", ".;p", "%2e", "%2",
                                            "a;p")));
        }

        List<DesiredRule> policy() {
            return list(below(4), () -> {
                var rule = switch (below(8)) {
                    case 0, 1 ->
                        host(list(1 + below(2), () -> one("", "", "*.") + domain())
                                .toArray(new String[0]));
                    case 2 -> path(list(1 + below(2), this::segments).toArray(new String[0]));
                    case 3 -> prefix(list(1 + below(2), this::segments).toArray(new String[0]));
                    case 4 -> pattern(one("^/a", "b$", "a.*b", "/[ab]/", "(ab|c)", "^/$"));
                    case 5 ->
                        rule(Subject.HEADER, Comparison.EQUALS, one("X-A", "x-b"), one("v", "v*", "?", "*w*", "v?x"));
                    case 6 -> rule(Subject.PARAMETER, Comparison.EQUALS, one("p", "q"), one("v", "v*", "", "a b"));
                    default ->
                        rule(Subject.SOURCE_ADDRESS, Comparison.EQUALS, "", one("192.0.2.0/31", "::/0", "0.0.0.0/0"));
                };
                return below(5) == 0 ? inverted(rule) : rule;
            });
        }

        Asked request() {
            var query = one("", "?p=v", "?q=a+b&p", "?p=va&q=v", "?%70=v%61", "?&&p=");
            return new Asked(
                    one("GET", "POST"),
                    one("", "", "x.") + domain() + one("", ":80", "."),
                    rawPath() + query,
                    list(below(3), () -> one("X-A", "X-B", "x-a") + ": " + one("v", "vx", "w", "vwx")),
                    one("192.0.2.1", "192.0.2.2", "2001:db8::1"));
        }
    }
}
