package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The addresses seen last, so that one that comes again and again is made once. */
final class AddressCache {

    private static final int SLOTS = 4096;

    private static final short INET = 2;

    /** The raw form, and what it means. */
    private record Known(long first, long second, long third, int scope, InetSocketAddress address) {

        boolean is(long otherFirst, long otherSecond, long otherThird, int otherScope) {
            return first == otherFirst && second == otherSecond && third == otherThird && scope == otherScope;
        }
    }

    private final @Nullable Known[] slots = new Known[SLOTS];

    /** As {@link SocketAddresses#decode}. */
    InetSocketAddress decode(MemorySegment raw) {
        long first = raw.get(JAVA_LONG, 0);
        boolean isInet = (short) first == INET;
        long second = isInet ? 0 : raw.get(JAVA_LONG, 8);
        long third = isInet ? 0 : raw.get(JAVA_LONG, 16);
        int scope = isInet ? 0 : raw.get(JAVA_INT, 24);
        int slot = slotOf(first ^ Long.rotateLeft(second, 21) ^ Long.rotateLeft(third, 42) ^ scope);
        var known = slots[slot];
        if (known == null || !known.is(first, second, third, scope)) {
            known = new Known(first, second, third, scope, SocketAddresses.decode(raw));
            slots[slot] = known;
        }
        return known.address();
    }

    private static int slotOf(long bits) {
        return (int) ((bits * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - Integer.numberOfTrailingZeros(SLOTS)));
    }
}
