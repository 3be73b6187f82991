package io.evenkeel.writes.idempotency;

import io.evenkeel.platform.write.Advanced;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a write advanced as a column keeps it: kind, id and generation by colons, one after the other by commas. */
final class AdvancedText {

    private AdvancedText() {}

    /** Null for none. */
    static @Nullable String of(Collection<Advanced> advanced) {
        return advanced.isEmpty()
                ? null
                : advanced.stream()
                        .map(one -> one.kind() + ":" + one.id() + ":" + one.generation())
                        .collect(Collectors.joining(","));
    }

    static List<Advanced> parse(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(AdvancedText::one).toList();
    }

    private static Advanced one(String text) {
        var parts = text.split(":", 3);
        return new Advanced(Advanced.Kind.valueOf(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]));
    }
}
