package io.evenkeel.dataplane.transport.epoll.pipe;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.PipeCalls;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of one loop. A pipe is lent for as long as bytes are in it, so that a few serve many streams; where there is
 * none to be had, streams are copied. For the loop's thread alone.
 */
public final class PipePool {

    // Each costs two descriptors, and all of a user together may hold pipe-user-pages-soft: 64 MiB by default.
    private static final int MAX_OPEN = 64;
    private static final int MAX_KEPT = 8;
    // What a smaller pipe saves by not copying it loses again by being filled more often.
    private static final int[] SIZES = {1 << 20, 1 << 19, 1 << 18};
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Libc libc;
    private final PipeCalls calls;
    private final ArrayDeque<Pipe> kept = new ArrayDeque<>();
    private int open;
    private boolean isResting;
    private long restsUntilNanos;

    public PipePool(Libc libc, Arena arena) {
        this.libc = libc;
        calls = new PipeCalls(arena);
    }

    /** An empty pipe, to be given back; null when the system, or this loop, has none left. */
    public @Nullable Pipe take() {
        var pipe = kept.pollLast();
        return pipe == null && open < MAX_OPEN && !isResting() ? open() : pipe;
    }

    /** One that is not empty is of no use to others, and closed. */
    public void give(Pipe pipe) {
        if (pipe.held() == 0 && kept.size() < MAX_KEPT) {
            kept.addLast(pipe);
        } else {
            close(pipe);
        }
    }

    /** Closes those that are not lent. */
    public void close() {
        kept.forEach(this::close);
        kept.clear();
    }

    private @Nullable Pipe open() {
        if (calls.open() < 0) {
            rest();
            return null;
        }
        int readEnd = calls.readEnd();
        int writeEnd = calls.writeEnd();
        for (int size : SIZES) {
            int capacity = calls.resize(writeEnd, size);
            if (capacity > 0) {
                open++;
                return new Pipe(calls, readEnd, writeEnd, capacity);
            }
        }
        libc.close(readEnd);
        libc.close(writeEnd);
        rest();
        return null;
    }

    private void close(Pipe pipe) {
        open--;
        libc.close(pipe.readEnd());
        libc.close(pipe.writeEnd());
    }

    // What the system refused it refuses for a while: asking for each piece of a stream would cost more than copying.
    private void rest() {
        isResting = true;
        restsUntilNanos = System.nanoTime() + REST_NANOS;
    }

    private boolean isResting() {
        if (isResting && System.nanoTime() - restsUntilNanos >= 0) {
            isResting = false;
        }
        return isResting;
    }
}
