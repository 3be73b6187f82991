package io.evenkeel.audit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * The attributes of a record by their names on the wire, with their values as they are, so that even secrets, which
 * all look alike in JSON, can be compared. What says who and when, not how, is left out.
 */
final class Attributes {

    private static final Set<String> NO_CONFIGURATION = Set.of("id", "created_at", "updated_at");
    private static final SnakeCase SNAKE_CASE = new SnakeCase();

    private static final ClassValue<List<Attribute>> OF_TYPE = new ClassValue<>() {
        @Override
        protected List<Attribute> computeValue(Class<?> type) {
            if (!type.isRecord()) {
                throw new IllegalArgumentException("What was written is told as a record, not as " + type);
            }
            return Arrays.stream(type.getRecordComponents()).map(Attribute::of).toList();
        }
    };

    private Attributes() {}

    /** The naming that answers have. */
    private static final class SnakeCase extends PropertyNamingStrategies.SnakeCaseStrategy {
        String of(String component) {
            return translate(component);
        }
    }

    private record Attribute(String name, Method accessor, boolean isUnwrapped) {

        static Attribute of(RecordComponent component) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            var named = accessor.getAnnotation(JsonProperty.class);
            return new Attribute(
                    named == null || named.value().isEmpty() ? SNAKE_CASE.of(component.getName()) : named.value(),
                    accessor,
                    accessor.isAnnotationPresent(JsonUnwrapped.class));
        }

        @Nullable
        Object of(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Empty for null. */
    static Map<String, @Nullable Object> of(@Nullable Object written) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (written != null) {
            for (var attribute : OF_TYPE.get(written.getClass())) {
                var value = attribute.of(written);
                if (attribute.isUnwrapped()) {
                    values.putAll(of(value));
                } else if (!NO_CONFIGURATION.contains(attribute.name())) {
                    values.put(attribute.name(), value);
                }
            }
        }
        return values;
    }
}
