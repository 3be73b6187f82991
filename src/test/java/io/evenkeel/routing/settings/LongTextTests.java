package io.evenkeel.routing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts far longer than they may be are refused, and cost no stack. */
class LongTextTests {

    private static final String LONG = "x".repeat(70_000);

    @ParameterizedTest
    @ValueSource(strings = {UrlTexts.HOST, UrlTexts.PORT, UrlTexts.PATH})
    void doNotMatch(String pattern) {
        assertThat(LONG.matches(pattern)).isFalse();
        assertThat(("/" + LONG + "\n").matches(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "${host}", "x.${host}"})
    void hostsStayHosts(String host) {
        assertThat(host.matches(UrlTexts.HOST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\r\nlines\tand a tab", "é"})
    void bodiesMayHaveLines(String body) {
        assertThat(body.matches(FixedResponse.LINES)).isTrue();
        assertThat((body + LONG).matches(FixedResponse.LINES)).isTrue();
        assertThat((body + "\u0007").matches(FixedResponse.LINES)).isFalse();
        assertThat((body + "\u0000").matches(FixedResponse.LINES)).isFalse();
    }
}
