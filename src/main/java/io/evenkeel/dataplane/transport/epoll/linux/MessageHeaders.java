package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** Fields of {@code mmsghdr}, see recvmmsg(2): a {@code msghdr} and how many bytes went; 64-bit layout. */
final class MessageHeaders {

    static final int BYTES = 64;

    private static final int ADDRESS_BYTES_AT = 8;
    private static final int PIECES_AT = 16;
    private static final int PIECE_COUNT_AT = 24;
    private static final int COUNT_AT = 56;

    private MessageHeaders() {}

    /** @param piece one {@code iovec} */
    static void set(MemorySegment headers, int index, MemorySegment address, MemorySegment piece) {
        long at = (long) index * BYTES;
        headers.set(ADDRESS, at, address);
        headers.set(JAVA_INT, at + ADDRESS_BYTES_AT, (int) address.byteSize());
        headers.set(ADDRESS, at + PIECES_AT, piece);
        headers.set(JAVA_LONG, at + PIECE_COUNT_AT, 1);
    }

    /** How long the address is; the kernel writes here what it found. */
    static void setAddressBytes(MemorySegment headers, int index, int bytes) {
        headers.set(JAVA_INT, (long) index * BYTES + ADDRESS_BYTES_AT, bytes);
    }

    /** How many bytes the message had. */
    static long count(MemorySegment headers, int index) {
        return Integer.toUnsignedLong(headers.get(JAVA_INT, (long) index * BYTES + COUNT_AT));
    }
}
