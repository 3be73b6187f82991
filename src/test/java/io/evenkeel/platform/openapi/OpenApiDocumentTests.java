package io.evenkeel.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.platform.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the committed API files say of every operation. That they are what is served shows {@link OpenApiContractTests}. */
class OpenApiDocumentTests {

    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final Pattern WIRE_NAME = Pattern.compile("[a-z0-9_]+");
    /** Ours, beside the contract. */
    private static final Set<String> OWN = Set.of(
            "ListAuditRecords",
            "ListEvents",
            "ListWorkers",
            "ShowLoadBalancerReceipts",
            "ShowMemberHealth",
            "ShowPoolDistribution",
            "ShowPoolReceipts",
            "ShowPoolSizing",
            "UpdateQuota");

    private record Described(String path, String method, Map<String, Object> operation) {

        String id() {
            return (String) Objects.requireNonNull(operation.get("operationId"));
        }

        boolean isWrite() {
            return !method.equals("get");
        }

        List<?> list(String name) {
            return (List<?>) operation.getOrDefault(name, List.of());
        }
    }

    @Test
    void operationsAreThoseOfTheContractExceptForKnownGaps() throws IOException {
        var contract = new TreeMap<String, String>();
        for (var line : lines("contract-operations.txt")) {
            var parts = line.split(" ", 2);
            contract.put(parts[0], parts[1]);
        }
        var described = new TreeMap<String, String>();
        for (var operation : operations("elb-v3")) {
            described.put(operation.id(), operation.method().toUpperCase(Locale.ROOT) + " " + operation.path());
        }

        assertThat(described.entrySet())
                .filteredOn(entry -> !OWN.contains(entry.getKey()))
                .allSatisfy(entry -> assertThat(contract).contains(entry));
        var gaps = new TreeSet<>(contract.keySet());
        gaps.removeAll(described.keySet());
        assertThat(gaps).as("the list of gaps may only shrink").isSubsetOf(lines("contract-gaps.txt"));
    }

    @Test
    void everyErrorIsInTheListWithItsCodeStatusAndText() throws IOException {
        var catalogue = map(document("elb-v3").get("x-error-codes"));

        for (var code : ErrorCode.values()) {
            var row = map(catalogue.get(code.name()));
            assertThat(row)
                    .containsEntry("error_code", code.vendorCode())
                    .containsEntry("status", code.status().value())
                    .containsEntry("error_msg", code.template());
        }
        assertThat(catalogue).hasSize(ErrorCode.values().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void everyOperationNamesItsErrorsAndTheirStatuses(String document) throws IOException {
        for (var operation : operations(document)) {
            var statuses =
                    new TreeSet<>(map(operation.operation().get("responses")).keySet());

            assertThat(operation.list("x-error-codes")).as(operation.id()).isNotEmpty();
            for (var name : operation.list("x-error-codes")) {
                assertThat(statuses)
                        .as(operation.id() + " answers " + name)
                        .contains(Integer.toString(
                                ErrorCode.valueOf((String) name).status().value()));
            }
        }
    }

    @Test
    void everyErrorButThoseOfUnknownOperationsIsAnsweredBySome() throws IOException {
        var answered = new TreeSet<String>();
        for (var operation : operations("elb-v3")) {
            operation.list("x-error-codes").forEach(name -> answered.add((String) name));
        }

        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name).filter(name -> !answered.contains(name)))
                .containsExactlyInAnyOrder(ErrorCode.NO_SUCH_API.name(), ErrorCode.METHOD_NOT_ALLOWED.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void everyWriteCanBeRehearsed(String document) throws IOException {
        for (var operation : operations(document)) {
            var parameters = operation.list("parameters").toString();

            assertThat(parameters.contains("/DryRun")).as(operation.id()).isEqualTo(operation.isWrite());
            assertThat(parameters.contains("/IdempotencyKey"))
                    .as(operation.id())
                    .isEqualTo(operation.isWrite() && !operation.path().startsWith("/identity/"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void everyBodyHasAnExample(String document) throws IOException {
        for (var operation : operations(document)) {
            var bodies = new ArrayList<Object>(
                    map(operation.operation().get("responses")).values());
            bodies.add(operation.operation().getOrDefault("requestBody", Map.of()));
            for (var body : bodies) {
                map(map(body).getOrDefault("content", Map.of()))
                        .values()
                        .forEach(media ->
                                assertThat(map(media)).as(operation.id()).containsKey("example"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void attributesAreNamedAsOnTheWire(String document) throws IOException {
        var schemas = map(map(document(document).get("components")).get("schemas"));

        assertThat(schemas).isNotEmpty();
        schemas.forEach((name, schema) -> assertThat(
                        map(map(schema).getOrDefault("properties", Map.of())).keySet())
                .as(name)
                .allMatch(property -> WIRE_NAME.matcher(property).matches()));
    }

    private static List<Described> operations(String document) throws IOException {
        var operations = new ArrayList<Described>();
        map(document(document).get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Described(path, method, map(operation)));
                    }
                }));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    private static Map<String, Object> document(String name) throws IOException {
        try (var file = Files.newBufferedReader(Path.of("openapi", name + ".yaml"))) {
            return map(new Yaml().load(file));
        }
    }

    private static List<String> lines(String resource) throws IOException {
        return Files.readAllLines(RESOURCES.resolve(resource)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
