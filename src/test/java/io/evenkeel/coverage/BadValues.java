package io.evenkeel.coverage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** For a schema of the API's file, values that break it. */
final class BadValues {

    private static final String TWO_LINES = "a\r\nb";

    private BadValues() {}

    static List<Object> of(JsonNode schema) {
        var values = new ArrayList<Object>();
        switch (typeOf(schema)) {
            case "string" -> strings(schema, values);
            case "integer" -> integers(schema, values);
            case "boolean" -> values.addAll(List.of("yes", 1, Map.of(), List.of()));
            case "array" -> arrays(schema, values);
            case "object" -> values.addAll(List.of("x", 5, List.of(1)));
            default -> throw new AssertionError("A schema without a type: " + schema);
        }
        return values;
    }

    private static void strings(JsonNode schema, List<Object> values) {
        values.addAll(List.of(5, true, Map.of(), List.of("x"), "x".repeat(70_000), "a\u0000b", "a\u0007b"));
        if (!takes(schema, TWO_LINES)) {
            values.add(TWO_LINES);
        }
        boolean mayBeEmpty = schema.path("enum")
                .valueStream()
                .anyMatch(one -> one.asString("").isEmpty());
        if (schema.path("minLength").asInt(0) > 0 || (schema.has("enum") && !mayBeEmpty)) {
            values.add("");
        }
        if (schema.has("maxLength")) {
            values.add("x".repeat(schema.path("maxLength").asInt() + 1));
        }
        if (schema.has("enum")) {
            values.add("NO_SUCH_VALUE");
        }
    }

    private static boolean takes(JsonNode schema, String value) {
        return schema.has("pattern")
                && Pattern.compile(schema.path("pattern").asString())
                        .matcher(value)
                        .find();
    }

    private static void integers(JsonNode schema, List<Object> values) {
        values.addAll(List.of("abc", "5", 1.5, true, Map.of(), 99_999_999_999L));
        if (schema.has("minimum")) {
            values.add(schema.path("minimum").asLong() - 1);
        }
        if (schema.has("maximum")) {
            values.add(schema.path("maximum").asLong() + 1);
        }
    }

    private static void arrays(JsonNode schema, List<Object> values) {
        values.addAll(List.of("x", 5, Map.of("a", 1)));
        if (schema.path("minItems").asInt(0) > 0) {
            values.add(List.of());
        }
        if (schema.path("maxItems").asInt(Integer.MAX_VALUE) < Integer.MAX_VALUE) {
            values.add(Collections.nCopies(schema.path("maxItems").asInt() + 1, Map.of()));
        }
    }

    static String typeOf(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (!one.asString().equals("null")) {
                    return one.asString();
                }
            }
        }
        return type.asString("");
    }
}
