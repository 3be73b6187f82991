package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** 32 bytes that everything else is sealed under, and a name for them that gives nothing away. */
final class KeyEncryptionKey {

    static final int ID_BYTES = 8;

    private static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] bytes;

    private KeyEncryptionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeyEncryptionKey generate() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new KeyEncryptionKey(bytes);
    }

    /**
     * @param source where the text comes from, for the message
     * @throws IllegalStateException when the text is neither the hex nor the base64 form of 32 bytes
     */
    static KeyEncryptionKey parse(Secret text, String source) {
        byte[] bytes =
                HEX.matcher(text.value()).matches() ? HexFormat.of().parseHex(text.value()) : base64(text.value());
        if (bytes.length != BYTES) {
            throw new IllegalStateException(
                    source + " must hold 32 bytes as base64 or as 64 hex digits, made for example by:"
                            + " openssl rand -base64 32");
        }
        return new KeyEncryptionKey(bytes);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    Secret text() {
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }

    SecretKey aes() {
        return new SecretKeySpec(bytes, "AES");
    }

    /** The first bytes of a digest made for nothing else. */
    byte[] id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("evenkeel key-encryption key id\n".getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(bytes), ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id as text. */
    String name() {
        return HexFormat.of().formatHex(id());
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[" + name() + "]";
    }
}
