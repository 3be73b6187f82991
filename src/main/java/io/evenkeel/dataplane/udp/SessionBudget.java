package io.evenkeel.dataplane.udp;

/**
 * How many sessions the ports of a worker may have open on each loop: every one costs a descriptor and a local port.
 * Each loop takes and gives its own.
 */
public final class SessionBudget {

    private static final int MAX_PER_LOOP = 65_536;
    // Cache lines of 64 bytes, so that no two loops write to the same one.
    private static final int SPACING = 16;

    private final int perLoop;
    private final int[] taken;

    /** A quarter of the descriptors for all loops together, at most 65,536 for one. */
    public static SessionBudget of(long descriptors, int loops) {
        return new SessionBudget(Math.clamp(descriptors / 4 / loops, 1, MAX_PER_LOOP), loops);
    }

    SessionBudget(int perLoop, int loops) {
        this.perLoop = perLoop;
        this.taken = new int[(loops + 1) * SPACING];
    }

    boolean take(int loop) {
        int at = at(loop);
        if (taken[at] >= perLoop) {
            return false;
        }
        taken[at]++;
        return true;
    }

    void give(int loop) {
        taken[at(loop)]--;
    }

    private static int at(int loop) {
        return (loop + 1) * SPACING;
    }
}
