package io.evenkeel.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** For a schema of the API's file, values that break it. */
final class BadValues {

    private final JsonNode schemas;

    BadValues(JsonNode document) {
        this.schemas = document.path("components").path("schemas");
    }

    /** The attributes of a request's schema, by name. */
    JsonNode attributesOf(String schema) {
        return schemas.path(schema).path("properties");
    }

    List<Object> of(JsonNode attribute) {
        var schema = resolved(attribute);
        var values = new ArrayList<Object>();
        switch (typeOf(schema)) {
            case "string" -> strings(schema, values);
            case "integer" -> integers(schema, values);
            case "boolean" -> values.addAll(List.of("yes", 1, Map.of(), List.of()));
            case "array" -> values.addAll(List.of("x", 5, Map.of("a", 1)));
            case "object" -> values.addAll(List.of("x", 5, List.of(1), Map.of("no_such_name", Map.of())));
            default -> throw new AssertionError("A schema without a type: " + attribute);
        }
        return values;
    }

    private static void strings(JsonNode schema, List<Object> values) {
        values.addAll(List.of(5, true, Map.of(), List.of("x"), "x".repeat(70_000), "a\u0000b", "a\u0007b", "a\r\nb"));
        boolean mayBeEmpty = schema.path("enum")
                .valueStream()
                .anyMatch(one -> one.asString("").isEmpty());
        if (schema.path("minLength").asInt(0) > 0 || (schema.has("enum") && !mayBeEmpty)) {
            values.add("");
        }
        if (schema.has("enum")) {
            values.add("NO_SUCH_VALUE");
        }
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

    /** Behind references and "this or null". */
    private JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(schemas.path(schema.path("$ref").asString().replaceFirst(".*/", "")));
        }
        for (JsonNode alternative : schema.path("anyOf")) {
            if (!alternative.path("type").asString("").equals("null")) {
                return resolved(alternative);
            }
        }
        return schema;
    }

    private static String typeOf(JsonNode schema) {
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
