package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Spreads the handshakes that begin on a loop over its turns: each takes as long as many requests, and those of
 * established connections shall not wait for a crowd of newcomers. First come, first served. For the loop's thread.
 */
final class HandshakeQueue {

    private static final int MAX_IN_A_TURN = 8;
    // Due in the next turn, after its sockets were seen to.
    private static final Duration NEXT_TURN = Duration.ofNanos(1);

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int begun;

    /** Whether a handshake may begin in this turn; else {@link #later}. */
    boolean mayBegin(EventLoop loop) {
        if (begun == MAX_IN_A_TURN || !waiting.isEmpty()) {
            return false;
        }
        if (begun == 0) {
            loop.schedule(NEXT_TURN, () -> turn(loop));
        }
        begun++;
        return true;
    }

    /** Runs the task in the turn in which its handshake may begin. */
    void later(Runnable handshake) {
        waiting.addLast(handshake);
    }

    private void turn(EventLoop loop) {
        begun = 0;
        if (waiting.isEmpty()) {
            return;
        }
        loop.schedule(NEXT_TURN, () -> turn(loop));
        while (begun < MAX_IN_A_TURN && !waiting.isEmpty()) {
            begun++;
            waiting.removeFirst().run();
        }
    }
}
