package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.SocketOption;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The sending half of a connection. */
final class Output {

    private static final int MAX_FIRST_PACKET = 1024;
    private static final int NO_LIMIT = -1;

    private final EpollConnection connection;
    private final LoopResources resources;
    private final TransportOptions options;
    private @Nullable Overflow overflow;
    // There while it holds bytes; what is written meanwhile goes after them.
    private @Nullable Passage incoming;
    private long pending;
    // The socket took less than it was offered, and will tell when it takes more.
    private boolean isBlocked;
    private boolean isTooFull;
    private boolean isWritableCallDue;
    private boolean isNoDelay;
    // The system keeps little of what was not sent yet.
    private boolean isLimited;
    private boolean hasSent;

    /** @param isAccepted whether it has what accepted sockets inherit: no delay, and a limit of what is not sent yet */
    Output(EpollConnection connection, LoopResources resources, boolean isAccepted) {
        this.isNoDelay = isAccepted;
        this.isLimited = isAccepted;
        this.connection = connection;
        this.resources = resources;
        this.options = resources.options();
    }

    void write(MemorySegment bytes) {
        pending += bytes.byteSize();
        if (pending > options.highWaterBytes()) {
            isTooFull = true;
        }
        if (overflow != null || incoming != null || !resources.stage().add(this, bytes)) {
            keep(() -> overflow().append(bytes));
        }
    }

    void flush() {
        flush(false);
    }

    /** What was written is the last: the output ends as soon as it has gone, within this turn if all of it goes now. */
    void flushLast() {
        flush(true);
    }

    private void flush(boolean isLast) {
        if (overflow != null) {
            overflow.release();
            if (incoming == null) {
                sendOverflow(overflow);
            }
        } else if (resources.stage().isOf(this)) {
            sendStaged(isLast);
        }
    }

    /** The socket takes more, or says so. */
    void onSpace() {
        if (isBlocked && isLimited) {
            // It reads: for a stream each wait costs more than the memory.
            isLimited = false;
            resources.sockets().set(connection.fd(), SocketOption.TCP_NOTSENT_LOWAT, NO_LIMIT);
        }
        isBlocked = false;
        var waiting = incoming;
        if (waiting != null) {
            sendPiped(waiting);
            waiting.onProgress();
        }
        if (overflow != null && incoming == null) {
            sendOverflow(overflow);
        }
    }

    /** Whether bytes of another connection may go out past what is written. */
    boolean takesSpliced() {
        return pending == 0 && !isBlocked;
    }

    /** So many bytes of another connection have come into the passage, and are sent as if they had been written. */
    void takePiped(Passage from, long count) {
        pending += count;
        incoming = from;
        sendPiped(from);
    }

    boolean isTooFull() {
        return isTooFull;
    }

    /** Whether everything that was written has been sent. */
    boolean isDrained() {
        return pending == 0;
    }

    /** Whether the handler is to be told that it may write again; asked once. */
    boolean takeWritableCall() {
        boolean isDue = isWritableCallDue;
        isWritableCallDue = false;
        return isDue && !isTooFull;
    }

    /** Nothing will be sent any more. */
    void drop() {
        if (resources.stage().isOf(this)) {
            resources.stage().clear();
        }
        var lost = incoming;
        if (lost != null) {
            incoming = null;
            lost.abandon();
        }
        if (overflow != null) {
            overflow.clear();
            overflow = null;
        }
    }

    void takeUnflushed(Stage stage) {
        if (connection.isGone()) {
            stage.clear();
            return;
        }
        keep(() -> stage.moveTo(overflow(), 0));
    }

    /** A connection whose bytes cannot be kept is lost, and no other one. */
    private void keep(Runnable copying) {
        try {
            copying.run();
        } catch (OutOfMemoryError none) {
            connection.fail(new IOException("No memory left for what was not sent", none));
        }
    }

    private void tooSlow() {
        connection.fail(new IOException("Took nothing for too long, and others need the memory"));
    }

    private Overflow overflow() {
        if (overflow == null) {
            overflow = new Overflow(resources.chunks(), this::tooSlow);
        }
        return overflow;
    }

    private void sendStaged(boolean isLast) {
        var stage = resources.stage();
        beforeSending();
        long sent = stage.send(resources.libc(), connection.fd(), isLast);
        if (sent == pending) {
            stage.clear();
            sent(sent);
        } else if (sent >= 0 || isForLater(sent)) {
            long part = Math.max(sent, 0);
            var rest = overflow();
            keep(() -> stage.moveTo(rest, part));
            rest.release();
            block();
            sent(part);
        } else {
            fail(sent);
        }
    }

    private void sendOverflow(Overflow waiting) {
        while (!isBlocked && waiting.nextSize() > 0) {
            long offered = waiting.nextSize();
            beforeSending();
            long sent = waiting.send(resources.libc(), connection.fd());
            if (sent < 0 && !isForLater(sent)) {
                fail(sent);
                return;
            }
            if (sent < offered) {
                block();
            }
            if (waiting.isEmpty()) {
                overflow = null;
            }
            sent(Math.max(sent, 0));
        }
    }

    private void sendPiped(Passage from) {
        beforeSending();
        while (!isBlocked && incoming == from) {
            long sent = from.drainTo(connection.fd());
            if (isForLater(sent)) {
                block();
            } else if (sent <= 0) {
                fail(sent);
            } else {
                incoming = from.isFull() ? from : null;
                sent(sent);
            }
        }
        if (incoming != null) {
            isTooFull = true;
        }
    }

    // A first packet leaves at once anyway, and many connections send no second one.
    private void beforeSending() {
        if (!isNoDelay && (hasSent || pending > MAX_FIRST_PACKET)) {
            isNoDelay = true;
            resources.sockets().set(connection.fd(), SocketOption.TCP_NODELAY, 1);
        }
        hasSent = true;
    }

    private void block() {
        isBlocked = true;
        connection.register();
    }

    // A socket call that does not block is not interrupted; if it were, no event would follow.
    private static boolean isForLater(long result) {
        return result == -Errno.EAGAIN;
    }

    private void fail(long result) {
        connection.fail(Errno.toException((int) -result, "send to " + connection.remoteAddress()));
    }

    private void sent(long count) {
        pending -= count;
        if (isTooFull && pending <= options.lowWaterBytes() && incoming == null) {
            isTooFull = false;
            isWritableCallDue = true;
            connection.later();
        }
        if (pending == 0) {
            connection.onDrained();
        }
    }
}
