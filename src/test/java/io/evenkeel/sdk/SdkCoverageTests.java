package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.huaweicloud.sdk.core.http.HttpRequestDef;
import io.evenkeel.testing.ServedOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs last: every operation of the vendor's SDK was called by it with success in some test, or is a known gap. */
@Order(Integer.MAX_VALUE)
class SdkCoverageTests {

    private static final Logger LOG = LoggerFactory.getLogger(SdkCoverageTests.class);

    private static final Path GAPS = Path.of("src", "test", "resources", "undriven-sdk-operations.txt");
    private static final Path TABLE = Path.of("target", "sdk-operations.txt");

    private static Map<String, Long> calls() {
        var calls = new TreeMap<String, Long>();
        Sdk.operations().forEach((name, operation) -> {
            if (!Sdk.OUT_OF_SCOPE.contains(name)) {
                calls.put(name, ServedOperations.sdkCalls(path(operation)));
            }
        });
        return calls;
    }

    private static String path(HttpRequestDef<?, ?> operation) {
        return operation.getMethod() + " " + operation.getUri();
    }

    private static String table(Map<String, Long> calls) {
        var driven = calls.values().stream().filter(count -> count > 0).count();
        return calls.entrySet().stream()
                .map(row -> "%7d  %s".formatted(row.getValue(), row.getKey()))
                .collect(Collectors.joining(
                        "\n",
                        "SDK 3.1.139: %d operations driven of %d in scope (of %d), successful calls of each:\n"
                                .formatted(
                                        driven, calls.size(), Sdk.operations().size()),
                        "\n"));
    }

    @Test
    void theSdkHasTheOperationsThatTheContractCounts() {
        assertThat(Sdk.operations()).hasSize(92).containsKeys(Sdk.OUT_OF_SCOPE.toArray(String[]::new));
    }

    @Test
    void everyOperationIsDrivenInSomeTestOrAKnownGap() throws IOException {
        assumeThat(System.getProperty("test"))
                .as("only the whole suite can tell")
                .isNull();
        var calls = calls();
        var table = table(calls);
        Files.writeString(TABLE, table);
        LOG.info(table);

        var undriven =
                calls.entrySet().stream().filter(row -> row.getValue() == 0).map(Map.Entry::getKey);
        assertThat(undriven)
                .as("operations that no test had the SDK do; the list of gaps may only shrink")
                .containsExactlyElementsOf(Files.readAllLines(GAPS).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .sorted()
                        .toList());
    }
}
