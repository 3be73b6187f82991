package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.routing.EvaluationOrder.Match;
import io.evenkeel.routing.EvaluationOrder.Ranked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationOrderTests {

    private static Ranked policy(int age, PolicyAction action, @Nullable Integer priority, Match... matches) {
        return new Ranked(new UUID(0, age), action, priority, List.of(matches));
    }

    private static Ranked toPool(int age, @Nullable Integer priority, Match... matches) {
        return policy(age, PolicyAction.REDIRECT_TO_POOL, priority, matches);
    }

    private static Match path(CompareType compareType, String value) {
        return new Match(RuleType.PATH, compareType, value, false);
    }

    private static Match host() {
        return new Match(RuleType.HOST_NAME, CompareType.EQUAL_TO, "a.example.com", false);
    }

    /** Whatever order they come in. */
    private static void assertOrder(boolean isAdvanced, List<Ranked> expected) {
        for (long seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(expected);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(EvaluationOrder.of(isAdvanced));
            assertThat(shuffled).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void asksHostsThenExactPathsThenPrefixesThenPatternsAndLongerPathsFirst() {
        assertOrder(
                false,
                List.of(
                        policy(20, PolicyAction.REDIRECT_TO_LISTENER, null),
                        toPool(19, null, host(), path(CompareType.EQUAL_TO, "/long")),
                        toPool(18, null, host(), path(CompareType.EQUAL_TO, "/s")),
                        toPool(17, null, host(), path(CompareType.STARTS_WITH, "/longer")),
                        toPool(16, null, host(), path(CompareType.STARTS_WITH, "/l")),
                        toPool(15, null, host()),
                        toPool(14, null, host(), path(CompareType.REGEX, ".*long")),
                        toPool(13, null, host(), path(CompareType.REGEX, ".*")),
                        toPool(12, null, path(CompareType.EQUAL_TO, "/")),
                        toPool(11, null, path(CompareType.STARTS_WITH, "/")),
                        toPool(10, null, path(CompareType.REGEX, "/"))));
    }

    @Test
    void countsAPolicyForAHostAloneAsThePrefixOfAllPaths() {
        assertOrder(
                false,
                List.of(
                        toPool(1, null, host()),
                        toPool(2, null, host(), path(CompareType.STARTS_WITH, "/")),
                        toPool(3, null, host())));
    }

    @Test
    void asksByPriorityWhereThereIsOne() {
        assertOrder(
                true,
                List.of(
                        policy(9, PolicyAction.REDIRECT_TO_LISTENER, 7),
                        toPool(8, 1, path(CompareType.REGEX, ".*")),
                        policy(7, PolicyAction.FIXED_RESPONSE, 2, host()),
                        toPool(6, 3, host(), path(CompareType.EQUAL_TO, "/exact"))));
    }

    @Test
    void asksTheOlderOfEquals() {
        assertOrder(false, List.of(toPool(1, null, host()), toPool(2, null, host()), toPool(3, null, host())));
    }
}
