package io.evenkeel.dataplane.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of unsigned 128-bit numbers, made of ranges: sorted, disjoint, in arrays of primitives, searched by halves behind a
 * directory of equal steps, so that among 10,000 ranges a look touches a few cache lines. A look allocates nothing.
 */
final class RangeTable {

    private static final int MAX_STEPS = 4096;

    /** From the first to the last, both included. */
    record Range(long firstHigh, long firstLow, long lastHigh, long lastLow) {

        private static final Comparator<Range> BY_FIRST =
                (one, other) -> compare(one.firstHigh, one.firstLow, other.firstHigh, other.firstLow);

        private boolean reaches(Range next) {
            return compare(next.firstHigh, next.firstLow, lastHigh, lastLow) <= 0;
        }

        private Range to(Range next) {
            return compare(next.lastHigh, next.lastLow, lastHigh, lastLow) <= 0
                    ? this
                    : new Range(firstHigh, firstLow, next.lastHigh, next.lastLow);
        }
    }

    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;
    private final long base;
    private final int shift;
    /** By step: how many ranges begin in the steps before it; one more than there are steps. */
    private final int[] before;

    RangeTable(List<Range> ranges) {
        var disjoint = disjoint(ranges);
        firstHigh = disjoint.stream().mapToLong(Range::firstHigh).toArray();
        firstLow = disjoint.stream().mapToLong(Range::firstLow).toArray();
        lastHigh = disjoint.stream().mapToLong(Range::lastHigh).toArray();
        lastLow = disjoint.stream().mapToLong(Range::lastLow).toArray();
        int size = disjoint.size();
        base = size == 0 ? 0 : firstHigh[0];
        long span = size == 0 ? 0 : firstHigh[size - 1] - base;
        int steps = Math.clamp(Integer.highestOneBit(size), 1, MAX_STEPS);
        shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span) - Integer.numberOfTrailingZeros(steps));
        before = directory((int) (span >>> shift) + 1);
    }

    private int[] directory(int steps) {
        var counts = new int[steps + 1];
        for (long high : firstHigh) {
            counts[(int) ((high - base) >>> shift) + 1]++;
        }
        for (int step = 0; step < steps; step++) {
            counts[step + 1] += counts[step];
        }
        return counts;
    }

    private static List<Range> disjoint(List<Range> ranges) {
        var disjoint = new ArrayList<Range>();
        for (var next : ranges.stream().sorted(Range.BY_FIRST).toList()) {
            if (!disjoint.isEmpty() && disjoint.getLast().reaches(next)) {
                disjoint.add(disjoint.removeLast().to(next));
            } else {
                disjoint.add(next);
            }
        }
        return disjoint;
    }

    boolean contains(long high, long low) {
        if (Long.compareUnsigned(high, base) < 0) {
            return false;
        }
        long offset = (high - base) >>> shift;
        int steps = before.length - 1;
        int step = offset < 0 || offset >= steps ? steps - 1 : (int) offset;
        // What the number is in, if anything, is the last range that does not begin after it.
        int from = before[step] - 1;
        int to = before[step + 1] - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (compare(firstHigh[middle], firstLow[middle], high, low) <= 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from >= 0
                && compare(firstHigh[from], firstLow[from], high, low) <= 0
                && compare(high, low, lastHigh[from], lastLow[from]) <= 0;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compareUnsigned(high, otherHigh);
    }
}
