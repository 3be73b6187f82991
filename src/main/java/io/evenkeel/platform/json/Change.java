package io.evenkeel.platform.json;

import io.evenkeel.platform.error.ErrorCode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an update says of one attribute: nothing ({@link Keep}), {@code null} ({@link Clear}), or a value ({@link Put}).
 */
public sealed interface Change<T> {

    /** The attribute was absent: it stays as it is. */
    record Keep<T>() implements Change<T> {}

    /** The attribute was null: it is detached, or returns to its default. */
    record Clear<T>() implements Change<T> {}

    record Put<T>(T value) implements Change<T> {}

    /** The attribute after this change, where null is a state it may have. */
    default @Nullable T over(@Nullable T current) {
        return switch (this) {
            case Keep<T> keep -> current;
            case Clear<T> clear -> null;
            case Put<T>(T value) -> value;
        };
    }

    /** The attribute after this change, where null puts the default back. */
    default T over(T current, T fallback) {
        return switch (this) {
            case Keep<T> keep -> current;
            case Clear<T> clear -> fallback;
            case Put<T>(T value) -> value;
        };
    }

    /** The attribute after this change, where it must have a value. Errors: INVALID_INPUT naming the attribute. */
    default T orRefuse(T current, String attribute) {
        return switch (this) {
            case Keep<T> keep -> current;
            case Clear<T> clear -> throw ErrorCode.INVALID_INPUT.with(attribute, "must not be null");
            case Put<T>(T value) -> value;
        };
    }

    /** The same change of what the value stands for. */
    default <R> Change<R> map(Function<? super T, ? extends R> meaning) {
        return switch (this) {
            case Keep<T> keep -> new Keep<>();
            case Clear<T> clear -> new Clear<>();
            case Put<T>(T value) -> new Put<>(meaning.apply(value));
        };
    }

    default boolean isPresent() {
        return !(this instanceof Keep);
    }
}
