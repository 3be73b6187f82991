package io.evenkeel.dataplane.http.routing.matching;

import java.security.SecureRandom;

/** Hashes of texts byte by byte, so that all prefixes of a text have theirs. Other ones in every process. */
final class Hashes {

    static final long START = new SecureRandom().nextLong();
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    private Hashes() {}

    /** Of a text with one more byte. */
    static long with(long hash, byte next) {
        return (hash ^ (next & 0xff)) * FACTOR;
    }

    static long of(byte[] text) {
        long hash = START;
        for (byte c : text) {
            hash = with(hash, c);
        }
        return hash;
    }

    /** From the last byte to the first. */
    static long backwards(byte[] text) {
        long hash = START;
        for (int i = text.length - 1; i >= 0; i--) {
            hash = with(hash, text[i]);
        }
        return hash;
    }

    /** For a table of {@code 1 << bits} places. */
    static int place(long hash, int bits) {
        return (int) (((hash ^ (hash >>> 29)) * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - bits));
    }

    /** So many that three of four places stay empty. */
    static int bitsFor(int entries) {
        return Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(entries) + 1);
    }
}
