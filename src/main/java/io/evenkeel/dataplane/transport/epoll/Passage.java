package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.pipe.Pipe;
import io.evenkeel.dataplane.transport.epoll.pipe.PipePool;
import org.jspecify.annotations.Nullable;

/**
 * The way of a connection's input to another one's output by splice(2), past the handler. It is taken while much comes
 * at a time; small pieces are cheaper to copy.
 *
 * <p>Bytes that are in the pipe count as written to the sink: what ends the sink's output waits for them. And the pipe
 * is filled only when it is empty, so that a source without bytes and a pipe without room cannot be mixed up.
 */
final class Passage {

    // Below this, two further system calls cost more than a copy.
    private static final long WORTHWHILE_BYTES = 16 << 10;
    private static final long STREAM_BYTES = 128 << 10;
    private static final long MAX_CREDIT = 2 * STREAM_BYTES;
    // What takes as long as one read.
    private static final int READ_SHIFT = 16;

    private final EpollConnection source;
    private final EpollConnection sink;
    private final PipePool pipes;
    private long left;
    // How much came lately in large pieces.
    private long credit;
    // There while bytes are in it.
    private @Nullable Pipe pipe;

    /** @param bytes how many of those that come next may go this way */
    Passage(EpollConnection source, EpollConnection sink, PipePool pipes, long bytes) {
        this.source = source;
        this.sink = sink;
        this.pipes = pipes;
        this.left = bytes;
    }

    /** How many reads it was worth, for a fair share of the turn. */
    static int readsWorth(long moved) {
        return 1 + (int) (Math.max(moved, 0) >> READ_SHIFT);
    }

    /** Whether what comes next is to go this way. */
    boolean isOpen() {
        return credit >= STREAM_BYTES && left > 0 && source.isOpen() && sink.takesSpliced();
    }

    /** Whether nothing more may go this way. */
    boolean isSpent() {
        return left <= 0;
    }

    /** Whether the sink is to take more first. */
    boolean isFull() {
        return pipe != null;
    }

    /** These bytes came and went the other way. */
    void copied(long count) {
        passed(count);
    }

    /** Moves what there is; returns how much came, 0 at the end, or the negated errno. To be called when open. */
    long move() {
        var taken = pipes.take();
        if (taken == null) {
            return -Errno.EMFILE;
        }
        long count = taken.fillFrom(source.fd(), left);
        if (count <= 0) {
            pipes.give(taken);
            return count;
        }
        passed(count);
        pipe = taken;
        sink.output().takePiped(this, count);
        return count;
    }

    /** Sends on; returns how much went, or the negated errno. */
    long drainTo(int fd) {
        var draining = pipe;
        if (draining == null) {
            return 0;
        }
        long sent = draining.drainTo(fd);
        if (draining.held() == 0) {
            release(draining);
        }
        return sent;
    }

    /** The sink has taken some more of what was waiting, perhaps all. */
    void onProgress() {
        source.onPassageMoved(isFull());
    }

    /** The sink takes nothing any more. */
    void abandon() {
        if (pipe != null) {
            release(pipe);
            source.onPassageMoved(false);
        }
    }

    private void release(Pipe done) {
        pipe = null;
        pipes.give(done);
    }

    private void passed(long count) {
        left -= count;
        credit = count >= WORTHWHILE_BYTES
                ? Math.min(credit + count, MAX_CREDIT)
                : Math.max(credit - WORTHWHILE_BYTES, 0);
    }
}
