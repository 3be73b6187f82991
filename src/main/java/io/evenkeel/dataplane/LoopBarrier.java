package io.evenkeel.dataplane;

import io.evenkeel.dataplane.transport.EventLoop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until every loop has done what it was given before. */
final class LoopBarrier {

    private static final long PATIENCE_SECONDS = 10;

    private final List<EventLoop> loops;

    LoopBarrier(List<EventLoop> loops) {
        this.loops = loops;
    }

    /**
     * @throws IllegalStateException when a loop does not get to it within ten seconds
     */
    void await() {
        var passed = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.execute(passed::countDown));
        try {
            if (!passed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("An event loop does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the event loops", e);
        }
    }
}
