package io.evenkeel.dataplane.health.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Places by the time at which they are due, in ticks of two milliseconds round and round: what is due in a later round
 * lies among the others and is passed over. Times are nanoseconds as {@link System#nanoTime} gives them.
 */
final class Wheel<T> {

    private static final long TICK_NANOS = 2_000_000;
    private static final int SIZE = 1 << 13;

    private final long origin;
    private final List<Slots<T>> ticks = new ArrayList<>(SIZE);
    /** A bit for each tick that has places. */
    private final long[] occupied = new long[SIZE >> 6];

    private long cursor;

    Wheel(long origin) {
        this.origin = origin;
        for (int i = 0; i < SIZE; i++) {
            ticks.add(new Slots<>());
        }
    }

    void add(Slot<T> slot) {
        int index = (int) (Math.max(tickOf(slot.due()), cursor) & (SIZE - 1));
        ticks.get(index).add(slot);
        occupied[index >> 6] |= 1L << index;
    }

    /** Moves what is due into line, the earliest ticks first. */
    void moveDue(long now, Slots<T> line) {
        long end = tickOf(now);
        long steps = Math.min(end - cursor, SIZE - 1);
        for (long step = nextOccupied(0); step <= steps; step = nextOccupied(step + 1)) {
            moveDue((int) ((cursor + step) & (SIZE - 1)), now, line);
        }
        cursor = end;
    }

    private void moveDue(int index, long now, Slots<T> line) {
        var tick = ticks.get(index);
        for (var slot = tick.first(); slot != null; ) {
            var next = slot.next;
            if (slot.due() - now <= 0) {
                tick.remove(slot);
                line.add(slot);
            }
            slot = next;
        }
        if (tick.isEmpty()) {
            occupied[index >> 6] &= ~(1L << index);
        }
    }

    /** How long until the first is due, not negative; {@link Long#MAX_VALUE} where none waits. */
    long untilNext(long now) {
        long least = Long.MAX_VALUE;
        for (long step = nextOccupied(0); step < SIZE; step = nextOccupied(step + 1)) {
            long inThisRound = Long.MAX_VALUE;
            for (var slot = ticks.get((int) ((cursor + step) & (SIZE - 1))).first(); slot != null; slot = slot.next) {
                long until = Math.max(0, slot.due() - now);
                least = Math.min(least, until);
                inThisRound = tickOf(slot.due()) <= cursor + step ? Math.min(inThisRound, until) : inThisRound;
            }
            if (inThisRound < Long.MAX_VALUE) {
                return inThisRound;
            }
        }
        return least;
    }

    /** The first step from the cursor, no earlier than {@code from}, whose tick may have places; SIZE when none has. */
    private long nextOccupied(long from) {
        long step = from;
        while (step < SIZE) {
            int index = (int) ((cursor + step) & (SIZE - 1));
            long bits = occupied[index >> 6] >>> index;
            if (bits != 0) {
                return Math.min(SIZE, step + Long.numberOfTrailingZeros(bits));
            }
            step += 64 - (index & 63);
        }
        return SIZE;
    }

    private long tickOf(long nanos) {
        return (nanos - origin) / TICK_NANOS;
    }
}
