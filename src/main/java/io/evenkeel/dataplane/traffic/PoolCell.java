package io.evenkeel.dataplane.traffic;

import io.evenkeel.dataplane.balancing.Shares;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** What one loop knows of a listener's picks from a pool as a whole. Written by that loop alone. */
final class PoolCell {

    private final Sketch clients = new Sketch();
    private final Sketch sessions = new Sketch();
    private final Queue<Tally> tallies = new ConcurrentLinkedQueue<>();
    private @Nullable Tally current;

    /** How many picks one state of the pool had on this loop. */
    private static final class Tally {

        private static final VarHandle PICKS;

        static {
            try {
                PICKS = MethodHandles.lookup().findVarHandle(Tally.class, "picks", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final Shares shares;
        private long picks;
        // Belongs to the reader.
        private long taken;

        Tally(Shares shares) {
            this.shares = shares;
        }

        void count() {
            PICKS.setOpaque(this, picks + 1);
        }

        long take() {
            long now = (long) PICKS.getOpaque(this);
            long since = now - taken;
            taken = now;
            return since;
        }
    }

    Sketch clients() {
        return clients;
    }

    Sketch sessions() {
        return sessions;
    }

    /** A member was picked while the pool stood so. */
    void picked(Shares shares) {
        var tally = current;
        if (tally == null || tally.shares != shares) {
            tally = new Tally(shares);
            current = tally;
            tallies.add(tally);
        }
        tally.count();
    }

    /** Tells how many picks each state had since the last call. For one reader. */
    void takePicks(ObjLongConsumer<Shares> to) {
        int rest = tallies.size();
        while (rest > 0) {
            rest--;
            var oldest = tallies.element();
            long picks = oldest.take();
            if (picks > 0) {
                to.accept(oldest.shares, picks);
            }
            if (rest == 0) {
                // The newest may be counted into still.
                return;
            }
            tallies.remove();
        }
    }
}
