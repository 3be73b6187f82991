package io.evenkeel.platform.openapi.schema;

import io.evenkeel.platform.web.Patterns;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a schema what Bean Validation demands of a value, its elements included. */
final class Constraints {

    private static final String WORD = "(?:[A-Za-z0-9_-]|\\\\\\.)*";
    private static final java.util.regex.Pattern WORDS =
            java.util.regex.Pattern.compile("\\^?\\(?(?:\\?:)?(" + WORD + "(?:\\|" + WORD + ")*)\\)?\\$?");

    private Constraints() {}

    static void describe(Schema<?> schema, AnnotatedType type) {
        if (schema.get$ref() != null) {
            return;
        }
        for (var annotation : type.getAnnotations()) {
            switch (annotation) {
                case Size size -> size(schema, size);
                case NotEmpty _ -> least(schema, 1);
                case Min min -> schema.setMinimum(BigDecimal.valueOf(min.value()));
                case Max max -> schema.setMaximum(BigDecimal.valueOf(max.value()));
                case Pattern pattern -> pattern(schema, pattern.regexp());
                default -> {}
            }
        }
        if (schema.getItems() != null
                && type instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments().length == 1) {
            describe(schema.getItems(), list.getAnnotatedActualTypeArguments()[0]);
        }
    }

    private static void size(Schema<?> schema, Size size) {
        least(schema, size.min());
        @Nullable Integer most = size.max() == Integer.MAX_VALUE ? null : size.max();
        if (schema.getItems() == null) {
            schema.setMaxLength(most);
        } else {
            schema.setMaxItems(most);
        }
    }

    private static void least(Schema<?> schema, int least) {
        @Nullable Integer value = least == 0 ? null : least;
        if (schema.getItems() == null) {
            schema.setMinLength(value);
        } else {
            schema.setMinItems(value);
        }
    }

    /** Java matches the whole text, JSON Schema looks for a part; and an alternative of words is an enumeration. */
    private static void pattern(Schema<?> schema, String regex) {
        schema.setPattern(null);
        var words = WORDS.matcher(regex);
        if (regex.equals(Patterns.UUID)) {
            schema.setFormat("uuid");
        } else if (words.matches()) {
            enumerate(schema, Arrays.asList(words.group(1).replace("\\.", ".").split("\\|", -1)));
        } else {
            var portable =
                    regex.replace("\\p{Cc}", "\\u0000-\\u001f\\u007f-\\u009f").replace("\\p{Cs}", "");
            schema.setPattern(portable.startsWith("^") && portable.endsWith("$") ? portable : "^(?:" + portable + ")$");
        }
    }

    @SuppressWarnings("unchecked") // What has a pattern is a string.
    private static void enumerate(Schema<?> schema, List<String> words) {
        ((Schema<String>) schema).setEnum(words.stream().distinct().toList());
    }
}
