package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
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
    private final SecretKey key;
    private final byte[] prefix;

    AesGcmSealing(KeyEncryptionKey kek) {
        key = kek.aes();
        prefix = ByteBuffer.allocate(PREFIX_BYTES).put(VERSION).put(kek.id()).array();
    }

    @Override
    public byte[] seal(byte[] secret, String owner) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipherText = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret);
            return ByteBuffer.allocate(PREFIX_BYTES + NONCE_BYTES + cipherText.length)
                    .put(prefix)
                    .put(nonce)
                    .put(cipherText)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String owner) {
        if (sealed.length < PREFIX_BYTES + NONCE_BYTES
                || !Arrays.equals(prefix, 0, PREFIX_BYTES, sealed, 0, PREFIX_BYTES)) {
            throw new SealBrokenException("A secret of " + owner + " is sealed under another key");
        }
        var nonce = Arrays.copyOfRange(sealed, PREFIX_BYTES, PREFIX_BYTES + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, owner)
                    .doFinal(sealed, PREFIX_BYTES + NONCE_BYTES, sealed.length - PREFIX_BYTES - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException("A secret of " + owner + " does not open: it was changed or is another's");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(prefix);
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
