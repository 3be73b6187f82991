package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.coverage.ApiDocument.Attribute;
import io.evenkeel.coverage.ApiDocument.Operation;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.ConfigurationDigest;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Each attribute of each body that the API takes, nested ones included, × values that break its schema: 400 naming the
 * attribute, and nothing stored. Likewise bodies that are none, and names in queries.
 */
@EvenkeelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTests {

    /** A text that could be an id and is none names something that is not there: 404, as for an unknown id. */
    private static final Pattern MAY_BE_UNKNOWN = Pattern.compile("id|ids|.*_ids?|.*_refs?|pools|certificates");

    /** Refused as a whole, whatever is in it. */
    private static final String LEFT_OUT = "subnet_mapping_list";

    private static final Set<Integer> REFUSED = Set.of(400);
    private static final List<String> NO_OBJECTS =
            List.of("{", "[]", "5", "\"x\"", "{}}", "{\"a\":1,\"a\":2}", "[".repeat(5_000));

    private final Api api;
    private final Samples samples;
    private final ConfigurationDigest configuration;
    private final List<String> complaints = new ArrayList<>();

    @Autowired
    BadInputTests(Api api, JdbcClient jdbc) {
        this.api = api;
        this.samples = new Samples(new Fixture(api));
        this.configuration = new ConfigurationDigest(jdbc);
    }

    @BeforeEach
    void forget() {
        complaints.clear();
    }

    private void eachWrite(ApiDocument document, Consumer<Operation> test) {
        var writes = document.operations().stream().filter(Operation::hasBody).toList();
        assertThat(writes).isNotEmpty();
        for (var operation : writes) {
            var before = configuration.now();
            test.accept(operation);
            var after = new LinkedHashMap<>(configuration.now());
            after.entrySet().removeAll(before.entrySet());
            if (!after.isEmpty()) {
                complaints.add(operation.name() + ": something was stored: " + after.keySet());
            }
        }
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void isRefusedByNameAndStoresNothing(String name) {
        var document = ApiDocument.of(api, name);
        eachWrite(
                document,
                operation -> document.parts(operation)
                        .forEach(attribute -> BadValues.of(attribute.schema())
                                .forEach(value -> refuse(operation, attribute, value))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void unknownNamesAreRefused(String name) {
        var document = ApiDocument.of(api, name);
        eachWrite(
                document,
                operation -> document.objects(operation)
                        .forEach(holder -> Stream.of(1, List.of(1), Map.of("inner", 1))
                                .forEach(value -> refuse(operation, below(holder, "no_such_attribute"), value))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void whatIsRequiredIsAskedForByName(String name) {
        var document = ApiDocument.of(api, name);
        eachWrite(
                document,
                operation -> document.objects(operation)
                        .forEach(holder -> holder.schema()
                                .path("required")
                                .valueStream()
                                .forEach(required -> {
                                    var attribute = below(holder, ApiDocument.onWire(required.asString()));
                                    refuse(operation, attribute, Samples.ABSENT);
                                    refuse(operation, attribute, Samples.NULL);
                                })));
    }

    private static Attribute below(Attribute holder, String name) {
        return new Attribute(
                Stream.concat(holder.path().stream(), Stream.of(name)).toList(), holder.schema());
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void bodiesThatAreNoObjectAreRefused(String name) {
        eachWrite(ApiDocument.of(api, name), operation -> {
            var path = samples.path(operation, "", Map.of());
            var isRequired = operation.node().at("/requestBody/required").asBoolean(false);
            var none = isRequired ? Stream.of("null") : Stream.<String>of();
            for (var body : Stream.concat(none, NO_OBJECTS.stream()).toList()) {
                var answer = api.send(operation.method(), path, body, Map.of());
                expect(answer, REFUSED, "", operation.name() + " " + body.substring(0, Math.min(20, body.length())));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void namesInQueriesAreRefused(String name) {
        var operations = ApiDocument.of(api, name).operations().stream()
                .filter(operation -> operation.method().equals("GET"))
                .toList();
        for (var operation : operations) {
            var path = samples.path(operation, "", Map.of());
            if (!operation.queryNames().isEmpty()) {
                expect(api.get(path + "?no_such_name=1"), REFUSED, "no_such_name", path);
            }
            operation
                    .queryParameters()
                    .forEach(parameter -> badQueries(parameter).forEach(query -> {
                        var shown = path + "?" + query;
                        expect(api.get(shown), REFUSED, parameter.path("name").asString(), shown);
                    }));
        }
        assertThat(complaints).isEmpty();
    }

    private static List<String> badQueries(JsonNode parameter) {
        var name = parameter.path("name").asString();
        var schema = parameter.path("schema");
        var type = BadValues.typeOf(schema);
        var queries = new ArrayList<String>();
        if (!type.equals("array")) {
            queries.add("%1$s=%2$s&%1$s=%2$s".formatted(name, type.equals("boolean") ? "true" : "1"));
        }
        queries.add(name + "=a%00b");
        switch (type.equals("array") ? BadValues.typeOf(schema.path("items")) : type) {
            case "integer" -> List.of("", "x", "1.5", "99999999999").forEach(value -> queries.add(name + "=" + value));
            case "boolean" -> List.of("", "x", "1", "TRUE").forEach(value -> queries.add(name + "=" + value));
            default -> {}
        }
        if (schema.has("maximum")) {
            queries.add(name + "=" + (schema.path("maximum").asLong() + 1));
            queries.add(name + "=" + (schema.path("minimum").asLong() - 1));
        }
        return queries;
    }

    private void refuse(Operation operation, Attribute attribute, Object value) {
        if (attribute.toString().endsWith("redirect_pools_config.[].weight") && value.equals("5")) {
            // The vendor's Java SDK sends this number as text (wire contract, resources.md §6).
            return;
        }
        var answer = api.send(
                operation.method(),
                samples.path(operation, attribute.name(), Map.of()),
                samples.body(operation, attribute, value),
                Map.of());
        boolean mayBeUnknown = value instanceof String
                && MAY_BE_UNKNOWN.matcher(attribute.name()).matches();
        expect(
                answer,
                mayBeUnknown ? Set.of(400, 404) : REFUSED,
                namedBy(attribute),
                "%s %s=%.40s".formatted(operation.name(), attribute, value));
    }

    private static String namedBy(Attribute attribute) {
        boolean isLeftOut =
                attribute.path().contains(LEFT_OUT) && !attribute.name().startsWith("no_such_");
        return isLeftOut ? LEFT_OUT : attribute.name();
    }

    /** @param name that the message must have, where it is of a bad value */
    private void expect(Api.Answer answer, Set<Integer> statuses, String name, String sent) {
        var message = answer.body().path("error_msg").asString("");
        var shown =
                "%s → %d %.200s".formatted(sent, answer.status(), answer.raw().body());
        boolean isUnrecognized = message.startsWith("Unrecognized attribute(s) ");
        if (!statuses.contains(answer.status())) {
            complaints.add(shown);
        } else if (answer.status() == 400 && !message.contains(name)) {
            complaints.add("does not name the attribute: " + shown);
        } else if (isUnrecognized && !name.isEmpty() && !name.startsWith("no_such_")) {
            complaints.add("is no attribute: " + shown);
        } else if (message.indexOf("no_such_") != message.lastIndexOf("no_such_") || message.contains("inner")) {
            complaints.add("spells it wrongly: " + shown);
        } else if (answer.body().path("error_code").asString("").isEmpty()) {
            complaints.add("no error code: " + shown);
        }
    }
}
