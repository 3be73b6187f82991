package io.evenkeel.identity.sealing;

import io.evenkeel.identity.SealingKeyCommand;
import io.evenkeel.identity.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

/**
 * @param keyEncryptionKey 32 bytes as base64 or hex; without it the file {@code kek} in the home, generated at the
 *     first start
 * @param otherKey the key that secrets may be sealed under besides, while one replaces the other; without the first
 *     the file {@code kek.other} in the home
 * @param command {@code rotate-sealing-key} when this process is to replace the key and end
 */
@ConfigurationProperties("evenkeel")
record SealingProperties(
        @Name("kek") @Nullable Secret keyEncryptionKey,
        @Name("other-kek") @Nullable Secret otherKey,
        @Nullable String command) {

    boolean isRotating() {
        return SealingKeyCommand.NAME.equals(command);
    }
}
