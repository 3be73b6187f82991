package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.testing.AnsweredErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Runs last: every error that the service can answer was answered in some test, and stands in the API's file. */
@Order(Integer.MAX_VALUE)
class ErrorCoverageTests {

    private static final Path UNREACHED = Path.of("src", "test", "resources", "unreached-errors.txt");

    @Test
    void everyErrorIsAnsweredInSomeTestOrAKnownGap() throws IOException {
        assumeThat(System.getProperty("test"))
                .as("only the whole suite can tell")
                .isNull();
        var unreached = new TreeSet<String>();
        Arrays.stream(ErrorCode.values())
                .filter(code -> !AnsweredErrors.codes().contains(code))
                .forEach(code -> unreached.add(code.name()));

        assertThat(unreached)
                .as("errors that no test was answered; the list of gaps may only shrink")
                .containsExactlyElementsOf(new TreeSet<>(gaps()));
    }

    private static List<String> gaps() throws IOException {
        return Files.readAllLines(UNREACHED).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void everyErrorStandsInTheApisFile() throws IOException {
        var described = new HashSet<String>();
        try (var file = Files.newBufferedReader(Path.of("openapi", "elb-v3.yaml"))) {
            collect(new Yaml().load(file), described);
        }

        assertThat(Arrays.stream(ErrorCode.values())
                        .map(code -> code.vendorCode() + " " + code.template())
                        .filter(error -> !described.contains(error)))
                .as("errors without error_code and error_msg in openapi/elb-v3.yaml")
                .isEmpty();
    }

    /** Code and text wherever both stand beside each other. */
    private static void collect(Object node, Set<String> into) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("error_code") instanceof String code && map.get("error_msg") instanceof String text) {
                into.add(code + " " + text);
            }
            map.values().forEach(value -> collect(value, into));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, into));
        }
    }
}
