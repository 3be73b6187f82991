package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.transport.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a request wait until its policy's limit lets it through. */
final class Turn {

    private final EventLoop loop;
    private EventLoop.@Nullable Timer timer;

    Turn(EventLoop loop) {
        this.loop = loop;
    }

    void await(long nanos, Runnable whenDue) {
        timer = loop.schedule(Duration.ofNanos(nanos), () -> {
            timer = null;
            whenDue.run();
        });
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
