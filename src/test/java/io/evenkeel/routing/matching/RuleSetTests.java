package io.evenkeel.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.RuleType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTests {

    private static RuleSpec rule(RuleType type, CompareType compareType, String value, Condition... conditions) {
        return new RuleSpec(true, type, compareType, value, false, List.of(conditions));
    }

    private static RuleSpec equal(RuleType type, String value, Condition... conditions) {
        return rule(type, CompareType.EQUAL_TO, value, conditions);
    }

    private static Optional<String> digest(RuleSpec... rules) {
        return RuleSet.digest(PolicyAction.REDIRECT_TO_POOL, List.of(rules));
    }

    @Test
    void matchesTheSameInWhateverOrderAndSpelling() {
        assertThat(digest(equal(RuleType.HOST_NAME, "A.example.com"), equal(RuleType.PATH, "/a")))
                .isEqualTo(digest(equal(RuleType.PATH, "/a"), equal(RuleType.HOST_NAME, "a.EXAMPLE.com")))
                .isPresent();
        assertThat(digest(equal(RuleType.SOURCE_IP, "192.0.2.7/24")))
                .isEqualTo(digest(equal(RuleType.SOURCE_IP, "x", new Condition("", "192.0.2.0/24"))));
        assertThat(digest(equal(RuleType.HEADER, "x", new Condition("X-A", "1"), new Condition("X-A", "2"))))
                .isEqualTo(digest(equal(RuleType.HEADER, "y", new Condition("x-a", "2"), new Condition("x-a", "1"))));
    }

    @Test
    void tellsWhatMatchesOtherwiseApart() {
        var paths = Stream.of(
                digest(equal(RuleType.PATH, "/a")),
                digest(equal(RuleType.PATH, "/A")),
                digest(rule(RuleType.PATH, CompareType.STARTS_WITH, "/a")),
                digest(new RuleSpec(true, RuleType.PATH, CompareType.EQUAL_TO, "/a", true, List.of())),
                digest(equal(RuleType.HOST_NAME, "a"), equal(RuleType.PATH, "/a")),
                digest(equal(RuleType.HEADER, "x", new Condition("a", "b"))),
                digest(equal(RuleType.QUERY_STRING, "x", new Condition("a", "b"))));
        assertThat(paths).doesNotHaveDuplicates().hasSize(7);
    }

    @Test
    void matchesNothingWithoutRulesOrWithOneThatIsDown() {
        assertThat(digest()).isEmpty();
        assertThat(digest(new RuleSpec(false, RuleType.PATH, CompareType.EQUAL_TO, "/a", false, List.of())))
                .isEmpty();
        assertThat(RuleSet.digest(PolicyAction.REDIRECT_TO_LISTENER, List.of())).isPresent();
    }

    @Test
    void countsEachConditionAsOneRule() {
        var ten = Stream.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
                .map(value -> new Condition("key", value))
                .toArray(Condition[]::new);
        var full = equal(RuleType.QUERY_STRING, "x", ten);
        assertThatCode(() -> RuleSet.check(List.of(full), "rules")).doesNotThrowAnyException();
        assertThatThrownBy(() -> RuleSet.check(List.of(full, equal(RuleType.PATH, "/")), "rules"))
                .hasMessageContaining("at most 10 rules");
    }

    @ParameterizedTest
    @CsvSource({"HOST_NAME, a", "PATH, /a", "METHOD, GET", "SOURCE_IP, 192.0.2.0/24"})
    void hasSomeTypesAtMostOnce(RuleType type, String value) {
        var twice = Collections.nCopies(2, equal(type, value));
        assertThatThrownBy(() -> RuleSet.check(twice, "rules"))
                .hasMessageContaining("at most one rule of type " + type);
    }

    @ParameterizedTest
    @CsvSource({
        "HOST_NAME, STARTS_WITH, a, compare_type",
        "METHOD, REGEX, GET, compare_type",
        "HOST_NAME, EQUAL_TO, a_b, value",
        "HOST_NAME, EQUAL_TO, *a.b, value",
        "HOST_NAME, EQUAL_TO, a.*, value",
        "PATH, EQUAL_TO, a, value",
        "PATH, STARTS_WITH, '/a b', value",
        "PATH, REGEX, (, value",
        "PATH, REGEX, (?=a), value",
        "PATH, REGEX, (a)\\1, value",
        "METHOD, EQUAL_TO, get, value",
        "SOURCE_IP, EQUAL_TO, 192.0.2.1, value",
        "SOURCE_IP, EQUAL_TO, 192.0.2.1/33, value",
        "SOURCE_IP, EQUAL_TO, 2001:db8::/129, value",
        "HEADER, EQUAL_TO, a, conditions",
        "QUERY_STRING, EQUAL_TO, a, conditions"
    })
    void refusesByName(RuleType type, CompareType compareType, String value, String attribute) {
        assertThatThrownBy(() -> rule(type, compareType, value).checked("rule"))
                .hasMessageStartingWith("Invalid input for 'rule." + attribute + "'");
    }

    @Test
    void refusesConditionsThatDoNotBelongTogether() {
        assertThatThrownBy(() -> equal(RuleType.HEADER, "x", new Condition("a", "1"), new Condition("b", "2"))
                        .checked("rule"))
                .hasMessageContaining("'rule.conditions'");
        assertThatThrownBy(() -> equal(RuleType.HEADER, "x", new Condition("a", "1"), new Condition("a", "1"))
                        .checked("rule"))
                .hasMessageContaining("'rule.conditions'");
        assertThatThrownBy(() ->
                        equal(RuleType.HEADER, "x", new Condition("a b", "1")).checked("rule"))
                .hasMessageContaining("'rule.conditions[0].key'");
        assertThatThrownBy(() ->
                        equal(RuleType.METHOD, "x", new Condition("a", "GET")).checked("rule"))
                .hasMessageContaining("'rule.conditions[0].key'");
    }

    @Test
    void acceptsARegularExpressionOfLinearTimeOnly() {
        assertThatCode(() -> rule(RuleType.PATH, CompareType.REGEX, "^/(a+)+$").checked("rule"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"METHOD, GET, type", "HOST_NAME, *.example.com, value"})
    void wantsAdvancedPoliciesForMoreThanHostsAndPaths(RuleType type, String value, String attribute) {
        var rule = equal(type, value).checked("rule");
        assertThatCode(() -> rule.checkFor(true, "rule")).doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.checkFor(false, "rule")).hasMessageContaining("'rule." + attribute + "'");
    }
}
