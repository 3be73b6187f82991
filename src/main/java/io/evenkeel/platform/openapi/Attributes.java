package io.evenkeel.platform.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * What attributes mean, and what a value of them looks like: {@code openapi/attributes.yaml}, by the name on the wire,
 * or by {@code Schema.name} where one name means several things.
 */
final class Attributes {

    private static final String FILE = "/openapi/attributes.yaml";

    private final Map<String, Map<String, Object>> rows;

    private Attributes(Map<String, Map<String, Object>> rows) {
        this.rows = rows;
    }

    static Attributes load() {
        try (var file = Objects.requireNonNull(Attributes.class.getResourceAsStream(FILE))) {
            return new Attributes(new Yaml().load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds description and format, and the values that an answer may have. */
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
