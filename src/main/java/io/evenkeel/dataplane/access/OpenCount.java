package io.evenkeel.dataplane.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/** How many are open on all loops. Each loop writes its own count; no two of them share a cache line. */
final class OpenCount {

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SPACING = 8;

    private final long[] counts;
    private final AtomicLong admissions = new AtomicLong();

    OpenCount(int loops) {
        counts = new long[(loops + 1) * SPACING];
    }

    /**
     * One more, unless that were more than the limit, however many loops ask at once. Two that ask for the last place at
     * one moment may both be told no.
     *
     * @param limit 0 for none
     */
    boolean add(int loop, int limit) {
        int at = at(loop);
        if (limit == 0) {
            COUNTS.setOpaque(counts, at, counts[at] + 1);
            return true;
        }
        COUNTS.setVolatile(counts, at, counts[at] + 1);
        while (true) {
            long seen = admissions.get();
            if (sum() > limit) {
                remove(loop);
                return false;
            }
            // Nobody else was let in since, so that all who were are in the sum; who left meanwhile only makes it less.
            if (admissions.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
    }

    void remove(int loop) {
        int at = at(loop);
        COUNTS.setOpaque(counts, at, counts[at] - 1);
    }

    private long sum() {
        long sum = 0;
        for (int at = SPACING; at < counts.length; at += SPACING) {
            sum += (long) COUNTS.getVolatile(counts, at);
        }
        return sum;
    }

    private static int at(int loop) {
        return (loop + 1) * SPACING;
    }
}
