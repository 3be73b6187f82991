package io.evenkeel.platform.openapi.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.evenkeel.platform.json.Change;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Completes the schemas of our records with what their declarations say: what is required, what may be null, and which
 * values are taken. A request requires what is {@code @NotNull}; an answer has all that is not left out when null.
 */
public final class RecordSchemas {

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final SchemaNames names;

    public RecordSchemas(SchemaNames names) {
        this.names = names;
    }

    public void complete(OpenAPI document) {
        var sent = Reach.ofRequests(document);
        document.getComponents()
                .getSchemas()
                .forEach((name, schema) ->
                        names.recordOf(name).ifPresent(type -> complete(schema, type, sent.contains(name))));
    }

    private static void complete(Schema<?> schema, Class<?> type, boolean isSent) {
        var required = new ArrayList<String>();
        components(type).forEach(component -> {
            var name = wireName(component);
            var property = schema.getProperties() == null
                    ? null
                    : (Schema<?>) schema.getProperties().get(name);
            if (property != null) {
                var value = value(component);
                Constraints.describe(property, value);
                if (isNullable(component, value, isSent)) {
                    schema.addProperty(name, orNull(property));
                }
                if (isSent ? value.isAnnotationPresent(NotNull.class) : !isLeftOut(component)) {
                    required.add(name);
                }
            }
        });
        schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
    }

    /** Those of a record that is unwrapped stand among the others. */
    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? components(component.getType())
                        : Stream.of(component));
    }

    static String wireName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? NAMES.translate(component.getName()) : named.value();
    }

    private static AnnotatedType value(RecordComponent component) {
        var type = component.getAnnotatedType();
        return isChange(component) ? ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0] : type;
    }

    private static boolean isChange(RecordComponent component) {
        return component.getType() == Change.class;
    }

    private static boolean isNullable(RecordComponent component, AnnotatedType value, boolean isSent) {
        return isChange(component) || (value.isAnnotationPresent(Nullable.class) && (isSent || !isLeftOut(component)));
    }

    private static boolean isLeftOut(RecordComponent component) {
        var own = component.getAccessor().getAnnotation(JsonInclude.class);
        var include = own == null ? component.getDeclaringRecord().getAnnotation(JsonInclude.class) : own;
        return include != null && include.value() != JsonInclude.Include.ALWAYS;
    }

    /** The value, or null; null beside an enumeration or another schema is an alternative of its own. */
    public static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null || schema.getEnum() != null) {
            return new Schema<>().addAnyOfItem(schema).addAnyOfItem(new Schema<>().types(Set.of("null")));
        }
        if (schema.getTypes() != null) {
            var types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
        }
        return schema;
    }
}
