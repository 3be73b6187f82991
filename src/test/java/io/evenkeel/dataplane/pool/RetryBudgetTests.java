package io.evenkeel.dataplane.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTests {

    private final RetryBudget budget = new RetryBudget();

    private long taken(int tries, int active) {
        return IntStream.range(0, tries).filter(i -> budget.take(active)).count();
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 16", "80, 16", "85, 17", "1000, 200", "100000, 20000"})
    void allowsAFifthOfWhatIsUnderWayAndAlwaysAFew(int active, int allowed) {
        assertThat(taken(100_000, active)).isEqualTo(allowed);
    }

    @Test
    void allowsAsManyAgainAsEnd() {
        taken(100, 0);
        for (int i = 0; i < 5; i++) {
            budget.give();
        }
        assertThat(taken(100, 0)).isEqualTo(5);
    }
}
