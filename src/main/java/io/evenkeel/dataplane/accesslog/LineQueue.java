package io.evenkeel.dataplane.accesslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one thread to one other, which never wait for each other: a slot is full while it holds a line.
 * Bounded in bytes too, so that long lines cannot fill the heap.
 */
final class LineQueue {

    static final long MAX_BYTES = 4 << 20;

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(LogLine[].class);
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    // Of the one who puts in, and, on other cache lines, of the one who takes.
    private static final int PUT = 8;
    private static final int PUT_BYTES = PUT + 1;
    private static final int DROPPED = PUT + 2;
    private static final int TAKEN = PUT + 16;
    private static final int TAKEN_BYTES = TAKEN + 1;
    private static final int SIZE = TAKEN + 16;

    private final @Nullable LogLine[] slots;
    private final int mask;
    private final long[] counts = new long[SIZE];

    LineQueue(int lines) {
        int capacity = Integer.highestOneBit(Math.max(1, lines - 1)) << 1;
        slots = new LogLine[capacity];
        mask = capacity - 1;
    }

    /** False when there is no room: the line is dropped and counted. */
    boolean offer(LogLine line) {
        int at = (int) counts[PUT] & mask;
        long bytes = counts[PUT_BYTES] + line.bytes();
        if (SLOTS.getAcquire(slots, at) != null || bytes - (long) COUNTS.getAcquire(counts, TAKEN_BYTES) > MAX_BYTES) {
            COUNTS.setOpaque(counts, DROPPED, counts[DROPPED] + 1);
            return false;
        }
        counts[PUT]++;
        counts[PUT_BYTES] = bytes;
        SLOTS.setRelease(slots, at, line);
        return true;
    }

    /** Whether half of the slots are full; asked by the one who puts in. */
    boolean isHalfFull() {
        return SLOTS.getOpaque(slots, (int) (counts[PUT] - slots.length / 2 - 1) & mask) != null;
    }

    /** The oldest line, or null. */
    @Nullable
    LogLine poll() {
        int at = (int) counts[TAKEN] & mask;
        var line = (LogLine) SLOTS.getAcquire(slots, at);
        if (line != null) {
            counts[TAKEN]++;
            COUNTS.setRelease(counts, TAKEN_BYTES, counts[TAKEN_BYTES] + line.bytes());
            SLOTS.setRelease(slots, at, null);
        }
        return line;
    }

    /** How many were dropped; from any thread. */
    long dropped() {
        return (long) COUNTS.getOpaque(counts, DROPPED);
    }
}
