package io.evenkeel.distribution.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTests {

    /** Upper critical values of the NIST/SEMATECH e-Handbook, 1.3.6.7.4. */
    @ParameterizedTest
    @CsvSource({
        "2.706, 1, 0.10",
        "3.841, 1, 0.05",
        "10.828, 1, 0.001",
        "5.991, 2, 0.05",
        "11.345, 3, 0.01",
        "18.307, 10, 0.05",
        "29.588, 10, 0.001",
        "67.505, 50, 0.05",
        "149.449, 100, 0.001"
    })
    void agreesWithTheTables(double value, int degrees, double probability) {
        assertThat(ChiSquare.tail(value, degrees)).isCloseTo(probability, within(probability * 0.002));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 1", "1e6, 3, 0", "1e-12, 1, 1"})
    void staysWithinItsBounds(double value, int degrees, double probability) {
        assertThat(ChiSquare.tail(value, degrees)).isCloseTo(probability, within(1e-5));
    }
}
