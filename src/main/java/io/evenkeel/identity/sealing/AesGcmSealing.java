package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * {@code version(1) · key id(8) · nonce(12) · cipher text and tag}. Version and key id are authenticated with the
 * owner. A nonce is random: safe for some 2³² secrets under one key (NIST SP 800-38D §8.3).
 */
final class AesGcmSealing implements Sealing {

    private static final byte VERSION = 1;
    private static final int PREFIX_BYTES = 1 + KeyEncryptionKey.ID_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Key current;
    private final List<Key> known;

    /** A key with what secrets begin with that are sealed under it. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by content below, never as a record.
    private record Key(SecretKey aes, byte[] prefix) {

        static Key of(KeyEncryptionKey kek) {
            return new Key(
                    kek.aes(),
                    ByteBuffer.allocate(PREFIX_BYTES).put(VERSION).put(kek.id()).array());
        }

        boolean hasSealed(byte[] sealed) {
            return sealed.length >= PREFIX_BYTES + NONCE_BYTES
                    && Arrays.equals(prefix, 0, PREFIX_BYTES, sealed, 0, PREFIX_BYTES);
        }
    }

    AesGcmSealing(KeyEncryptionKey kek) {
        this(new SealingKeys(kek, null));
    }

    AesGcmSealing(SealingKeys keys) {
        current = Key.of(keys.current());
        known = keys.other() == null ? List.of(current) : List.of(current, Key.of(keys.other()));
    }

    @Override
    public byte[] prefix() {
        return current.prefix().clone();
    }

    @Override
    public byte[] seal(byte[] secret, String owner) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipherText = cipher(Cipher.ENCRYPT_MODE, current, nonce, owner).doFinal(secret);
            return ByteBuffer.allocate(PREFIX_BYTES + NONCE_BYTES + cipherText.length)
                    .put(current.prefix())
                    .put(nonce)
                    .put(cipherText)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String owner) {
        var key = known.stream()
                .filter(candidate -> candidate.hasSealed(sealed))
                .findFirst()
                .orElseThrow(() -> new SealBrokenException("A secret of " + owner + " is sealed under another key"));
        var nonce = Arrays.copyOfRange(sealed, PREFIX_BYTES, PREFIX_BYTES + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, owner)
                    .doFinal(sealed, PREFIX_BYTES + NONCE_BYTES, sealed.length - PREFIX_BYTES - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException("A secret of " + owner + " does not open: it was changed or is another's");
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(key.prefix());
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
