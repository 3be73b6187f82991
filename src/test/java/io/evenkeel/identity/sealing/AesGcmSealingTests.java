package io.evenkeel.identity.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.identity.Sealing.SealBrokenException;
import io.evenkeel.identity.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmSealingTests {

    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    private final AesGcmSealing sealing = new AesGcmSealing(KeyEncryptionKey.generate());

    @Test
    void opensWhatItSealed() {
        assertThat(sealing.open(sealing.seal(SECRET, "access-key/A"), "access-key/A"))
                .isEqualTo(SECRET);
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(sealing.seal(SECRET, "a")).isNotEqualTo(sealing.seal(SECRET, "a"));
    }

    @Test
    void doesNotOpenForAnotherOwner() {
        var sealed = sealing.seal(SECRET, "access-key/A");

        assertThatExceptionOfType(SealBrokenException.class).isThrownBy(() -> sealing.open(sealed, "access-key/B"));
    }

    @Test
    void doesNotOpenUnderAnotherKey() {
        var other = new AesGcmSealing(KeyEncryptionKey.generate());
        var sealed = other.seal(SECRET, "a");

        assertThatExceptionOfType(SealBrokenException.class)
                .isThrownBy(() -> sealing.open(sealed, "a"))
                .withMessageContaining("another key");
    }

    @Test
    void noticesEveryChangedByte() {
        var sealed = sealing.seal(SECRET, "a");
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatExceptionOfType(SealBrokenException.class).isThrownBy(() -> sealing.open(changed, "a"));
        }
        assertThatExceptionOfType(SealBrokenException.class).isThrownBy(() -> sealing.open(new byte[3], "a"));
    }

    @Test
    void readsAKeyFromHexOrBase64() {
        var hex = new Secret("00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF");
        var base64 = new Secret("ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=");

        assertThat(KeyEncryptionKey.parse(hex, "x").id())
                .isEqualTo(KeyEncryptionKey.parse(base64, "x").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "ABEiM0RVZneImaq7zN3u/w==", "0011", "not base64 at all: planted-kek"})
    void refusesAKeyOfAnotherLengthWithoutRepeatingIt(String text) {
        assertThatIllegalStateException()
                .isThrownBy(() -> KeyEncryptionKey.parse(new Secret(text), "evenkeel.kek"))
                .withMessageContaining("evenkeel.kek must hold 32 bytes")
                .withMessageNotContaining("planted-kek");
    }
}
