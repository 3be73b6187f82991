package io.evenkeel.identity.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as signatures want it: every byte but {@code A-Z a-z 0-9 - _ . ~}, in upper-case hex. */
final class PercentCoding {

    private static final String KEPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    /**
     * Decodes once and encodes again, byte by byte, so that nothing is lost and nothing is decoded twice. A plus is a
     * plus.
     *
     * @throws IllegalArgumentException when a percent sign is not followed by two hex digits
     */
    static String normalise(String raw) {
        var bytes = decode(raw.getBytes(StandardCharsets.UTF_8));
        var out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (isKept(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static byte[] decode(byte[] raw) {
        var out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                out.write(raw[i]);
                continue;
            }
            if (i + 2 >= raw.length) {
                throw new IllegalArgumentException("A percent sign at the end");
            }
            out.write(16 * HexFormat.fromHexDigit(raw[i + 1]) + HexFormat.fromHexDigit(raw[i + 2]));
            i += 2;
        }
        return out.toByteArray();
    }

    private static boolean isKept(byte b) {
        return KEPT.indexOf(b) >= 0;
    }
}
