package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.evenkeel.testing.ServedOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Runs last: every operation of the API's files was answered with success in some test, or is a known gap. */
@Order(Integer.MAX_VALUE)
class EndpointCoverageTests {

    private static final Path GAPS = Path.of("src", "test", "resources", "untested-operations.txt");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    @Test
    void everyOperationIsServedInSomeTestOrAKnownGap() throws IOException {
        assumeThat(System.getProperty("test"))
                .as("only the whole suite can tell")
                .isNull();
        var untested = new TreeSet<String>();
        untested.addAll(operationsOf("elb-v3"));
        untested.addAll(operationsOf("inventory-v1"));
        untested.removeAll(ServedOperations.names());

        assertThat(untested)
                .as("operations that no test had answered; the list of gaps may only shrink")
                .containsExactlyElementsOf(new TreeSet<>(gaps()));
    }

    private static List<String> gaps() throws IOException {
        return Files.readAllLines(GAPS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static Set<String> operationsOf(String document) throws IOException {
        var operations = new TreeSet<String>();
        try (var file = Files.newBufferedReader(Path.of("openapi", document + ".yaml"))) {
            Object root = new Yaml().load(file);
            section(section(root, "paths"))
                    .forEach((path, item) -> section(item).keySet().stream()
                            .filter(METHODS::contains)
                            .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        assertThat(operations).as("operations of " + document).isNotEmpty();
        return operations;
    }

    private static Object section(Object map, String name) {
        return section(map).getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Object map) {
        return (Map<String, Object>) map;
    }
}
