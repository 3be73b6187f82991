package io.evenkeel.distribution.judging;

import java.util.Collection;

/** Reads how many different keys a HyperLogLog of 256 registers saw (Flajolet and others, 2007). */
public final class DistinctCount {

    private static final int REGISTERS = 256;
    private static final int RANKS = 64;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private DistinctCount() {}

    /** @param entries registers that hold something, {@code index * 64 + rank}, of each index one */
    public static double estimate(Collection<Integer> entries) {
        double empty = REGISTERS - entries.size();
        double sum = empty;
        for (int entry : entries) {
            sum += Math.scalb(1.0, -(entry % RANKS));
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        // Below this, how many registers are empty says more (linear counting).
        return raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw;
    }
}
