package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

/**
 * @param keyEncryptionKey 32 bytes as base64 or hex; without it the file {@code kek} in the home, generated at the
 *     first start
 */
@ConfigurationProperties("evenkeel")
record SealingProperties(@Name("kek") @Nullable Secret keyEncryptionKey) {}
