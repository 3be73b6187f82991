package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.MessageHead;
import io.evenkeel.dataplane.http.message.RefusedException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads a message of HTTP/1.1 as it is written to a lane, and sends it as frames. Reused from message to message. */
abstract class MessageOut {

    private static final int LAST_LINE = 2;

    private final Lane lane;
    private final Outbox outbox;
    private final MessageBody body = new MessageBody();
    private @Nullable Block trailers;
    private boolean isStarted;
    private boolean isDone;

    MessageOut(Lane lane, Outbox outbox) {
        this.lane = lane;
        this.outbox = outbox;
    }

    void begin() {
        clear();
        isStarted = false;
        isDone = false;
    }

    /** Forgets what is kept. */
    void clear() {
        lane.session().blocks().give(trailers);
        trailers = null;
        endHead();
    }

    /** Whether all of it was written. */
    boolean isDone() {
        return isDone;
    }

    /** Whether it has no other end than that of the connection. */
    boolean endsWithConnection() {
        return isStarted && body.kind() == MessageBody.Kind.UNTIL_CLOSE;
    }

    /** Takes a part of it. What stands behind it belongs to nobody. */
    void write(MemorySegment bytes) throws RefusedException {
        int size = (int) bytes.byteSize();
        int at = 0;
        while (at < size && !isDone) {
            at = isStarted ? relay(bytes, at, size) : readHead(bytes, at, size);
        }
    }

    private int readHead(MemorySegment bytes, int from, int to) throws RefusedException {
        var head = head();
        int end = head.read(bytes, from, to);
        if (head.isComplete()) {
            head(head);
            endHead();
        }
        return end;
    }

    /** The one that is being read. */
    abstract MessageHead head();

    /** A head is complete: sends it, and calls {@link #start} for the last one of a message. */
    abstract void head(MessageHead head) throws RefusedException;

    /** No head is being read any more. */
    abstract void endHead();

    /** The head went out, and such content is to follow; returns whether there is none. */
    static boolean isEmpty(MessageBody.Kind kind) {
        return kind == MessageBody.Kind.NONE;
    }

    void start(MessageBody.Kind kind, long contentLength) {
        isStarted = true;
        body.begin(kind, contentLength);
        if (isEmpty(kind)) {
            isDone = true;
            outbox.ended();
        }
    }

    private int relay(MemorySegment bytes, int from, int to) throws RefusedException {
        int end = body.nextRun(bytes, from, to);
        isDone = body.isDone();
        if (body.isTrailers()) {
            keepTrailers(bytes, from, end);
            if (isDone) {
                endWithTrailers();
            }
        } else if (body.isData() && from < end) {
            outbox.data(bytes, from, end, isDone);
        }
        return end;
    }

    private void keepTrailers(MemorySegment bytes, int from, int to) {
        int size = to - from;
        var blocks = lane.session().blocks();
        // Else it could be asked to give up in order to get more.
        outbox.stopHolding();
        if (trailers == null) {
            trailers = blocks.take(size);
        } else if (trailers.room() < size) {
            trailers = blocks.grow(trailers, trailers.size() + size);
        }
        trailers.append(bytes, from, to);
        outbox.holdKept();
        if (lane.isClosed()) {
            clear();
        }
    }

    private void endWithTrailers() {
        var lines = trailers;
        trailers = null;
        if (lines == null || lines.size() == LAST_LINE) {
            lane.session().blocks().give(lines);
            outbox.end();
        } else {
            outbox.end(lines);
        }
    }
}
