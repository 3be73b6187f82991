package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.turn.EndOfTurn;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: reads as long as there is something, nobody paused, and it is its turn. What comes
 * in large pieces is bulk, of which a turn takes no more than {@link EndOfTurn} says.
 */
final class Input {

    private static final int BULK_BYTES = LoopResources.READ_BYTES / 2;
    private static final int ENDING =
            EpollEvents.PEER_ENDED | EpollEvents.HANGUP | EpollEvents.ERROR | EpollEvents.PRIORITY;

    private final EpollConnection connection;
    private final LoopResources resources;
    private final EndOfTurn endOfTurn;
    private boolean isPaused;
    private boolean mayHaveMore;
    // What came at the last turn was.
    private boolean isBulk;
    private @Nullable Passage passage;
    // The end, an error or urgent data, which cuts reads in two, is behind the bytes: a short read is not the last one.
    private boolean isEndAhead;
    private boolean hasEnded;

    /** @param mayHaveMore whether something may have come before anyone listened for events */
    Input(EpollConnection connection, LoopResources resources, boolean mayHaveMore) {
        this.connection = connection;
        this.resources = resources;
        this.endOfTurn = resources.endOfTurn();
        this.mayHaveMore = mayHaveMore;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    void pause() {
        isPaused = true;
    }

    void resume() {
        isPaused = false;
        if (mayHaveMore && !waitsForSink()) {
            // Later, because a handler is never called from within one of its own calls.
            lineUp();
        }
    }

    /** From now on the input may go this way. */
    void allow(Passage next) {
        passage = next;
    }

    /** What this side sent on has gone from the pipe. */
    void resumeAfterSink() {
        if (wantsMore()) {
            lineUp();
        }
    }

    void onEvents(int events) {
        boolean isBroken = (events & EpollEvents.ERROR) != 0;
        if (isBroken && (isPaused || hasEnded || waitsForSink())) {
            connection.failBySocketError();
            return;
        }
        if ((events & (EpollEvents.IN | ENDING)) != 0 && !hasEnded) {
            mayHaveMore = true;
            isEndAhead |= (events & ENDING) != 0;
            read();
        }
    }

    void read() {
        if (!isBulk || endOfTurn.takesBulk()) {
            readShare();
        }
        if (wantsMore()) {
            lineUp();
        }
    }

    private void readShare() {
        long bytes = 0;
        for (int reads = 0; wantsMore() && (reads == 0 || reads < endOfTurn.share()); ) {
            long count = moveOrRead();
            reads += Passage.readsWorth(count);
            bytes += Math.max(count, 0);
            if (count >= BULK_BYTES) {
                endOfTurn.spend(Passage.readsWorth(count));
            }
        }
        if (bytes > 0) {
            isBulk = bytes >= BULK_BYTES;
        }
    }

    private void lineUp() {
        if (isBulk) {
            connection.laterInBulk();
        } else {
            connection.later();
        }
    }

    private boolean wantsMore() {
        return mayHaveMore && !isPaused && !connection.isGone() && !waitsForSink();
    }

    private long moveOrRead() {
        var way = passage;
        if (way != null && way.isSpent()) {
            way = null;
            passage = null;
        }
        return way != null && way.isOpen() ? splice(way) : readOnce();
    }

    private boolean waitsForSink() {
        return passage != null && passage.isFull();
    }

    private long splice(Passage way) {
        long count = way.move();
        if (count > 0) {
            connection.tellSpliced(count);
        } else if (count == -Errno.EAGAIN && !isEndAhead) {
            mayHaveMore = false;
            connection.register();
        } else if (count == 0 || count == -Errno.EAGAIN || Errno.isExhaustion((int) -count)) {
            return readOnce();
        } else {
            failed(count);
        }
        return count;
    }

    private long readOnce() {
        long count = resources.libc().receive(connection.fd(), resources.readBuffer());
        if (count > 0) {
            if (passage != null) {
                passage.copied(count);
            }
            // A short read has emptied the socket: what comes after it comes with an event.
            mayHaveMore = isEndAhead || count == LoopResources.READ_BYTES;
            connection.tellData(resources.read(count));
        } else if (count == 0) {
            mayHaveMore = false;
            hasEnded = true;
            connection.tellEnd();
        } else if (count == -Errno.EAGAIN) {
            mayHaveMore = false;
            connection.register();
        } else if (count != -Errno.EINTR) {
            failed(count);
        }
        return count;
    }

    private void failed(long result) {
        connection.fail(Errno.toException((int) -result, "receive from " + connection.remoteAddress()));
    }
}
