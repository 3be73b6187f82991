package io.evenkeel.dataplane.stickiness;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The cookie by which a pool knows its clients again, under the pool's key; docs/adr/0011 says why it is so. Its value
 * is always {@value #LENGTH} characters of base64url (RFC 4648 §5): a mark of the member, when it was issued, the number
 * of the session, and eight bytes that only the key can make. Without the key it tells neither address nor id. Safe for
 * any thread.
 */
public final class SessionCookie {

    /** Characters of a value. */
    public static final int LENGTH = 32;

    private static final int DERIVED_BYTES = 52;
    private static final byte[] PURPOSE = ascii("evenkeel session cookie 1");
    private static final byte[] DIGITS = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static final byte[] VALUES = values();
    private static final int DIGITS_AT_ONCE = 8;
    private static final int BITS_OF_DIGIT = 6;
    private static final long LOW_32 = 0xffff_ffffL;

    private final SipHash marks;
    private final SipHash seals;
    private final SipHash values;
    private final byte[] name;

    /** What a value says; filled by {@link #read}, to be used again and again. */
    public static final class Content {
        private long mark;
        private int issuedAt;
        private int session;

        /** The member's: {@link SessionCookie#markOf}. */
        public long mark() {
            return mark;
        }

        /** Seconds since the epoch, unsigned. */
        public int issuedAt() {
            return issuedAt;
        }

        public int session() {
            return session;
        }
    }

    /**
     * @param key of the pool, secret
     * @param poolId goes into the name and all values, so that pools with the same key would differ too
     */
    public SessionCookie(byte[] key, UUID poolId) {
        var derived = ByteBuffer.wrap(derive(key, poolId));
        marks = new SipHash(derived.getLong(), derived.getLong());
        seals = new SipHash(derived.getLong(), derived.getLong());
        values = new SipHash(derived.getLong(), derived.getLong());
        name = ascii("EVENKEEL-%08x".formatted(derived.getInt()));
    }

    private static byte[] derive(byte[] key, UUID poolId) {
        var salt = ByteBuffer.allocate(16)
                .putLong(poolId.getMostSignificantBits())
                .putLong(poolId.getLeastSignificantBits())
                .array();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .addSalt(salt)
                            .thenExpand(PURPOSE, DERIVED_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HKDF", e);
        }
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The cookie's name, the same for all workers and at any time; not to be changed. */
    public byte[] name() {
        return name;
    }

    /** What stands for that member in the cookies of this pool. */
    public long markOf(UUID memberId) {
        return marks.of(memberId.getMostSignificantBits(), memberId.getLeastSignificantBits());
    }

    /** What stands for a value of another cookie, in [start, end), the same for all workers. */
    public long keyOf(MemorySegment bytes, int start, int end) {
        return values.of(bytes, start, end);
    }

    /**
     * Writes a value's {@value #LENGTH} characters from the start of the array.
     *
     * @param issuedAt seconds since the epoch, unsigned
     */
    public void write(long mark, int issuedAt, int session, byte[] into) {
        long when = (long) issuedAt << 32 | (session & LOW_32);
        long seal = seals.of(mark, when);
        writeDigits(mark >>> 16, into, 0);
        writeDigits(mark << 32 | when >>> 32, into, 1);
        writeDigits(when << 16 | seal >>> 48, into, 2);
        writeDigits(seal, into, 3);
    }

    /** The lower 48 bits. */
    private static void writeDigits(long bits, byte[] into, int group) {
        for (int i = 0; i < DIGITS_AT_ONCE; i++) {
            int shift = BITS_OF_DIGIT * (DIGITS_AT_ONCE - 1 - i);
            into[group * DIGITS_AT_ONCE + i] = DIGITS[(int) (bits >>> shift) & 63];
        }
    }

    /** Whether [start, end) holds a value made under this key; only then the content is changed. Never throws. */
    public boolean read(MemorySegment bytes, int start, int end, Content into) {
        if (end - start != LENGTH) {
            return false;
        }
        long first = readDigits(bytes, start);
        long second = readDigits(bytes, start + DIGITS_AT_ONCE);
        long third = readDigits(bytes, start + 2 * DIGITS_AT_ONCE);
        long fourth = readDigits(bytes, start + 3 * DIGITS_AT_ONCE);
        if ((first | second | third | fourth) < 0) {
            return false;
        }
        long mark = first << 16 | second >>> 32;
        long when = second << 32 | third >>> 16;
        long seal = third << 48 | fourth;
        // One comparison of all eight bytes: its time tells nothing of how many were right.
        if (seals.of(mark, when) != seal) {
            return false;
        }
        into.mark = mark;
        into.issuedAt = (int) (when >>> 32);
        into.session = (int) when;
        return true;
    }

    /** 48 bits, or something negative. */
    private static long readDigits(MemorySegment bytes, int start) {
        long bits = 0;
        int all = 0;
        for (int i = 0; i < DIGITS_AT_ONCE; i++) {
            int value = VALUES[bytes.get(ValueLayout.JAVA_BYTE, start + i) & 0xff];
            all |= value;
            bits = bits << BITS_OF_DIGIT | (value & 63);
        }
        return all < 0 ? -1 : bits;
    }
}
