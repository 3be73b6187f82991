package io.evenkeel.platform.openapi.schema;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Names of schemas: those of our types, made unique. A nested type that does not say whose it is gets the noun of the
 * type around it ({@code MemberController.Answer} is {@code MemberAnswer}); what then still meets another gets the
 * name of its package in front.
 */
public final class SchemaNames extends TypeNameResolver {

    private static final String OURS = "io.evenkeel.";
    private static final Pattern ROLE = Pattern.compile(
            "(?:(?<=.)(?:Deletion|Batch))?(?:Controller|Responses?|Requests?|Answers?|Reads|Service|Spec)?$");

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    /** The record behind a schema. */
    Optional<Class<?>> recordOf(String schema) {
        Class<?> type = classes.get(schema);
        return type != null && type.isRecord() ? Optional.of(type) : Optional.empty();
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        if (!type.getName().startsWith(OURS)) {
            return super.nameForClass(type, options);
        }
        var name = name(type);
        var known = classes.putIfAbsent(name, type);
        if (known == null || known == type) {
            return name;
        }
        var longer = capitalized(type.getPackageName().replaceFirst(".*\\.", "")) + name;
        classes.put(longer, type);
        return longer;
    }

    private static String name(Class<?> type) {
        var outer = type.getDeclaringClass();
        if (outer == null) {
            return type.getSimpleName();
        }
        var noun = ROLE.matcher(name(outer)).replaceFirst("");
        return type.getSimpleName().contains(noun) ? type.getSimpleName() : noun + type.getSimpleName();
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
