package io.evenkeel.dataplane.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedCodesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 200 | true",
                "200 | 201 | false",
                "0 | 0 | true",
                "0,12 | 14 | false",
                "0-16 | 14 | true",
                "200,202 | 202 | true",
                "200,202 | 201 | false",
                "200-204,300-302 | 204 | true",
                "200-204,300-302 | 205 | false",
                "200-204,300-302 | 301 | true",
                "200-204,300-302 | 199 | false",
                "200-204,300-302 | 303 | false"
            })
    void contains(String text, int code, boolean isExpected) {
        assertThat(ExpectedCodes.parse(text).contains(code)).isEqualTo(isExpected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2000", "200-", "-200", "204-200", "200,", "abc", "200 ", "٢٠٠"})
    void refusesWhatIsNoListOfCodes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ExpectedCodes.parse(text));
    }
}
