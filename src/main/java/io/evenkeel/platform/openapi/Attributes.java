package io.evenkeel.platform.openapi;

import io.evenkeel.platform.openapi.schema.RecordSchemas;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * What attributes mean, and what a value of them looks like: {@code openapi/attributes.yaml}, by the name on the wire,
 * or by {@code Schema.name} where one name means several things; likewise in {@code openapi/values.yaml} the values
 * that texts of answers may have.
 */
final class Attributes {

    private final Map<String, Map<String, Object>> rows;
    private final Map<String, List<String>> values;

    private Attributes(Map<String, Map<String, Object>> rows, Map<String, List<String>> values) {
        this.rows = rows;
        this.values = values;
    }

    static Attributes load() {
        try (var attributes = resource("/openapi/attributes.yaml");
                var values = resource("/openapi/values.yaml")) {
            return new Attributes(new Yaml().load(attributes), new Yaml().load(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Attributes.class.getResourceAsStream(name));
    }

    /** The attribute of an answer, with the values that it may have. */
    Schema<?> enumerated(String schema, String name, Schema<?> property) {
        var text = property.getItems() == null ? property : property.getItems();
        var known = values.getOrDefault(schema + "." + name, values.getOrDefault(name, List.of()));
        if (known.isEmpty() || !isText(text) || text.getEnum() != null || text.getFormat() != null) {
            return property;
        }
        boolean mayBeNull = text.getTypes().contains("null");
        text.setTypes(Set.of("string"));
        enumerate(text, known);
        return mayBeNull ? RecordSchemas.orNull(property) : property;
    }

    @SuppressWarnings("unchecked") // Texts alone come here.
    private static void enumerate(Schema<?> text, List<String> values) {
        ((Schema<String>) text).setEnum(values);
    }

    /** Adds description and format. */
    void describe(String schema, String name, Schema<?> property) {
        if (property.get$ref() != null) {
            return;
        }
        if (property.getDescription() == null && value(schema, name, "description") instanceof String text) {
            property.setDescription(text);
        }
        if (isText(property)
                && property.getFormat() == null
                && value(schema, name, "format") instanceof String format) {
            property.setFormat(format);
        }
    }

    /** A value, which may be null. */
    record Example(@Nullable Object value) {}

    @Nullable
    Example example(String schema, String name) {
        return row(schema, name, "example")
                .map(row -> new Example(row.get("example")))
                .orElse(null);
    }

    /** Whether the row is of this very schema: then a request's example shows it, required or not. */
    boolean isShown(String schema, String name) {
        return rows.containsKey(schema + "." + name);
    }

    boolean isShownAtAll(String schema) {
        return rows.keySet().stream().anyMatch(key -> key.startsWith(schema + "."));
    }

    private static boolean isText(Schema<?> property) {
        return property.getTypes() != null && property.getTypes().contains("string");
    }

    private @Nullable Object value(String schema, String name, String what) {
        return row(schema, name, what).map(row -> row.get(what)).orElse(null);
    }

    private Optional<Map<String, Object>> row(String schema, String name, String what) {
        return Stream.of(schema + "." + name, name)
                .map(rows::get)
                .filter(row -> row != null && row.containsKey(what))
                .findFirst();
    }
}
