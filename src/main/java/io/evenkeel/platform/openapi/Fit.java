package io.evenkeel.platform.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a value is one that a schema takes, as far as an example may miss it: type, enumeration, format. */
final class Fit {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Fit() {}

    static boolean of(@Nullable Object value, Schema<?> schema) {
        if (schema.getTypes() == null) {
            return true;
        }
        return schema.getTypes().contains(type(value))
                && (value == null || isListed(value, schema))
                && (!(value instanceof String text) || isFormed(text, schema))
                && (!(value instanceof Integer number) || isInRange(number, schema))
                && (!(value instanceof Collection<?> list) || areItems(list, schema));
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Integer _ -> "integer";
            case Map<?, ?> _ -> "object";
            case Collection<?> _ -> "array";
            default -> "number";
        };
    }

    private static boolean isListed(Object value, Schema<?> schema) {
        return schema.getEnum() == null || schema.getEnum().contains(value);
    }

    private static boolean isFormed(String text, Schema<?> schema) {
        return !"uuid".equals(schema.getFormat()) || UUID.matcher(text).matches();
    }

    private static boolean isInRange(int number, Schema<?> schema) {
        return (schema.getMinimum() == null || schema.getMinimum().intValue() <= number)
                && (schema.getMaximum() == null || number <= schema.getMaximum().intValue());
    }

    private static boolean areItems(Collection<?> list, Schema<?> schema) {
        return schema.getItems() == null
                || schema.getItems().get$ref() != null
                || list.stream().allMatch(item -> of(item, schema.getItems()));
    }
}
