package io.evenkeel.identity.sealing;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key that secrets are sealed under, and while it is replaced the other one that they may be sealed under.
 *
 * @param other null when there is no other
 */
record SealingKeys(KeyEncryptionKey current, @Nullable KeyEncryptionKey other) {

    /** The names of the keys at hand, the current one first. */
    List<String> names() {
        return Stream.of(current, other)
                .flatMap(Stream::ofNullable)
                .map(KeyEncryptionKey::name)
                .toList();
    }
}
