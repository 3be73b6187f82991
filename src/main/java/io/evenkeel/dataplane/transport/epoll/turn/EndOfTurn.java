package io.evenkeel.dataplane.transport.epoll.turn;

import java.util.ArrayDeque;

/**
 * What is left to do at the end of a loop's turn. Small things are all done. Bulk, input that comes faster than one read
 * takes it, is served in the order of its coming and only so much of it in a turn that new events do not wait for long,
 * however many streams there are: the more of them wait, the less each may take at a time.
 */
public final class EndOfTurn {

    /** Someone with something left to do. */
    public interface Waiting {
        void takeTurn();
    }

    // Some 250 µs with what is sent on. A stream that is alone takes it all, and the next turn costs it one poll.
    private static final int READS_PER_TURN = 16;

    private final ArrayDeque<Waiting> small = new ArrayDeque<>();
    private final ArrayDeque<Waiting> bulk = new ArrayDeque<>();
    private int readsLeft = READS_PER_TURN;
    private boolean isServingBulk;

    /** Has its turn before the next events. */
    public void add(Waiting waiting) {
        small.add(waiting);
    }

    /** Has its turn when those are served that came before, perhaps after further events. */
    public void addBulk(Waiting waiting) {
        bulk.add(waiting);
    }

    /** Whether nothing is left, so that the loop may sleep. */
    public boolean isEmpty() {
        return small.isEmpty() && bulk.isEmpty();
    }

    /** Whether bulk may be read now; else it is to wait behind other bulk. */
    public boolean takesBulk() {
        return isServingBulk || (readsLeft > 0 && bulk.isEmpty());
    }

    /** How many reads whoever has his turn may do, one at least. */
    public int share() {
        return bulk.isEmpty() ? READS_PER_TURN : Math.max(1, READS_PER_TURN / (bulk.size() + 1));
    }

    /** Bulk was read that was worth so many reads. */
    public void spend(int reads) {
        readsLeft -= reads;
    }

    /** Serves those who wait; who lines up meanwhile has his turn after the next events. */
    public void serve() {
        for (int left = small.size(); left > 0; left--) {
            small.remove().takeTurn();
        }
        isServingBulk = true;
        try {
            int left = bulk.size();
            if (left > 0) {
                // Whatever the events took: they alone must not keep the others waiting for ever.
                bulk.remove().takeTurn();
            }
            for (left--; left > 0 && readsLeft > 0; left--) {
                bulk.remove().takeTurn();
            }
        } finally {
            isServingBulk = false;
            readsLeft = READS_PER_TURN;
        }
    }
}
