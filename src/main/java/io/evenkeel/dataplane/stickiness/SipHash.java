package io.evenkeel.dataplane.stickiness;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 under one key: a pseudo-random function, so that nobody without the key can tell or make its values
 * (Aumasson and Bernstein, "SipHash: a fast short-input PRF"). Safe for any thread, allocates nothing.
 */
final class SipHash {

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Of these sixteen bytes, each long little-endian. */
    long of(long first, long second) {
        var state = new State(key0, key1);
        state.take(first);
        state.take(second);
        return state.finish(16L << 56);
    }

    /** Of the bytes in [start, end). */
    long of(MemorySegment bytes, int start, int end) {
        var state = new State(key0, key1);
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            state.take(bytes.get(WORD, at));
        }
        long last = (long) (end - start) << 56;
        for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
            last |= (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xffL) << shift;
        }
        return state.finish(last);
    }

    /** Never leaves the call, so that it is no object once compiled. */
    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void take(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish(long last) {
            take(last);
            v2 ^= 0xff;
            for (int i = 0; i < 4; i++) {
                round();
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
