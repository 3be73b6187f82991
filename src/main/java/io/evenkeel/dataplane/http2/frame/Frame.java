package io.evenkeel.dataplane.http2.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The numbers of RFC 9113 §6, and how numbers stand in a frame. */
final class Frame {

    static final int HEADER_BYTES = 9;
    /** What both sides take and we never ask to exceed: RFC 9113 §4.2. */
    static final int MAX_PAYLOAD = 16_384;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int HAS_PRIORITY = 0x20;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Frame() {}

    static int int8(MemorySegment bytes, int at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    static int int16(MemorySegment bytes, int at) {
        return bytes.get(SHORT, at) & 0xffff;
    }

    static int int24(MemorySegment bytes, int at) {
        return (int8(bytes, at) << 16) | int16(bytes, at + 1);
    }

    /** Without the first bit, which is reserved wherever this is used. */
    static int int31(MemorySegment bytes, int at) {
        return bytes.get(INT, at) & Integer.MAX_VALUE;
    }

    static int int32(MemorySegment bytes, int at) {
        return bytes.get(INT, at);
    }

    static long int64(MemorySegment bytes, int at) {
        return bytes.get(LONG, at);
    }

    static void put8(MemorySegment bytes, int at, int value) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static void put16(MemorySegment bytes, int at, int value) {
        bytes.set(SHORT, at, (short) value);
    }

    static void put32(MemorySegment bytes, int at, int value) {
        bytes.set(INT, at, value);
    }

    static void put64(MemorySegment bytes, int at, long value) {
        bytes.set(LONG, at, value);
    }
}
