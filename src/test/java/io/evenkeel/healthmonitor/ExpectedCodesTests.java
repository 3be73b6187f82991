package io.evenkeel.healthmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedCodesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200",
                "599",
                "200,202",
                "200,202,204,206,208",
                "200-204",
                "200-599",
                "200-201,300-301,400-401,500-501,599-599",
                "200,300-304"
            })
    void acceptsUpToFiveCodesOrRanges(String codes) {
        assertThat(ExpectedCodes.isValid(codes, 200, 599)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "199",
                "600",
                "2000",
                "abc",
                "200,",
                ",200",
                "200,,201",
                "200-",
                "-200",
                "204-200",
                "200-600",
                "100-200",
                "200 ,201",
                "200-201-202",
                "200,201,202,203,204,205",
                "٢٠٠"
            })
    void refusesEverythingElse(String codes) {
        assertThat(ExpectedCodes.isValid(codes, 200, 599)).isFalse();
    }
}
