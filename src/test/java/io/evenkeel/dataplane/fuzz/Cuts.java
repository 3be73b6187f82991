package io.evenkeel.dataplane.fuzz;

/** Where bytes are cut on their way: not at all, behind every byte, or anywhere, as a seed has it. */
public final class Cuts {

    public static final Cuts NONE = new Cuts(0);

    private static final int EVERYWHERE = 1;
    private static final int LONGEST = 64;

    private final int seed;
    private int state;

    private Cuts(int seed) {
        this.seed = seed;
        this.state = seed;
    }

    /** Never {@link #NONE}. */
    public static Cuts of(int seed) {
        return new Cuts(Math.max(seed, EVERYWHERE));
    }

    /** Where the piece ends that begins at {@code from}. */
    public int next(int from, int end) {
        if (seed == 0) {
            return end;
        }
        if (seed == EVERYWHERE) {
            return from + 1;
        }
        state = state * 1_664_525 + 1_013_904_223;
        return Math.min(end, from + 1 + (state >>> 16) % LONGEST);
    }
}
