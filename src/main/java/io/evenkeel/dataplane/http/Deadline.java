package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.transport.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One moment by which something must have happened. Moving it later, as every byte does, costs no timer. */
public final class Deadline {

    private final EventLoop loop;
    private final Runnable whenMissed;
    private EventLoop.@Nullable Timer timer;
    private long timerAt;
    private long due;
    private boolean isSet;

    public Deadline(EventLoop loop, Runnable whenMissed) {
        this.loop = loop;
        this.whenMissed = whenMissed;
    }

    public void set(Duration fromNow) {
        due = loop.nanoTime() + fromNow.toNanos();
        isSet = true;
        if (timer != null && timerAt - due > 0) {
            timer.cancel();
            timer = null;
        }
        if (timer == null) {
            start();
        }
    }

    /** Nothing is waited for any more. */
    public void clear() {
        isSet = false;
    }

    /** Clears and stops the timer: the connection is gone. */
    public void cancel() {
        isSet = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void start() {
        timerAt = due;
        timer = loop.schedule(Duration.ofNanos(Math.max(0, due - loop.nanoTime())), this::onTimer);
    }

    private void onTimer() {
        timer = null;
        if (!isSet) {
            return;
        }
        if (due - loop.nanoTime() > 0) {
            start();
        } else {
            isSet = false;
            whenMissed.run();
        }
    }
}
