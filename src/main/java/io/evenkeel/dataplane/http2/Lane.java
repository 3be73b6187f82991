package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.NoBlockException;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.TlsFacts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1 above and is one stream below; after a message that leaves it open, the next stream.
 * So what serves HTTP/1.1 serves HTTP/2, and is made once for many streams.
 */
abstract class Lane implements Connection {

    private final Session session;
    private final Outbox outbox;
    private final Inbox inbox;
    private @Nullable ConnectionHandler handler;
    private int streamId;
    private boolean isEnding;
    private boolean isClosed;
    private boolean wantsWritable;
    private boolean isProceedDue;

    Lane(Session session) {
        this.session = session;
        this.outbox = new Outbox(this, session);
        this.inbox = new Inbox(this, session);
    }

    /** To be called once, before everything else. */
    void serveBy(ConnectionHandler handler) {
        this.handler = handler;
    }

    Session session() {
        return session;
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Whether it takes and gives nothing any more. */
    boolean isClosed() {
        return isClosed;
    }

    /** 0 between two streams. */
    int streamId() {
        return streamId;
    }

    abstract MessageOut message();

    void begin(int nextStreamId) {
        streamId = nextStreamId;
        outbox.begin(session.peer().initialWindow());
        inbox.begin();
    }

    void deliver(MemorySegment text) {
        if (handler != null && !isClosed) {
            handler.onData(this, text);
        }
    }

    /** Lines of text, the last of them empty, as fields at the end of the stream. */
    void sendTrailers(Block lines) {
        var out = session.scratch().fields();
        session.encoder().begin(out);
        TrailerLines.encode(lines, session.encoder(), out);
        session.frames().headers(streamId, out, true);
    }

    /** Looks whether the stream is over, when either side of it has ended. */
    void settle() {
        if (streamId == 0 || !outbox.isEnded()) {
            return;
        }
        if (inbox.isEnded()) {
            session.patience().onAnswered();
            finish(false);
        } else if (isEnding) {
            // RFC 9113 §8.1: the answer is complete, the rest of the request of no interest.
            session.frames().reset(streamId, ErrorCode.NO_ERROR);
            finish(true);
        }
    }

    private void finish(boolean mayEcho) {
        session.ended(this, mayEcho);
        streamId = 0;
        if (isEnding) {
            closed();
        } else {
            session.free(this);
        }
    }

    /** The stream is gone without our doing. */
    void lost(IOException cause) {
        if (isClosed) {
            return;
        }
        leaveStream(false);
        forget();
        if (handler != null) {
            handler.onClosed(this, cause);
        }
    }

    /** The peer broke a rule of the stream. */
    void refuse(ErrorCode code) {
        if (!isClosed) {
            session.frames().reset(streamId, code);
            session.flushSoon();
            leaveStream(true);
            forget();
            if (handler != null) {
                handler.onClosed(this, new IOException("Stream ended with " + code));
            }
        }
    }

    private void leaveStream(boolean mayEcho) {
        if (streamId != 0) {
            session.ended(this, mayEcho);
            streamId = 0;
        }
    }

    private void forget() {
        isClosed = true;
        isEnding = true;
        outbox.clear();
        inbox.clear();
        message().clear();
        session.forget(this);
    }

    /** By our own doing: the handler hears of it later, because it may be in a call of its own. */
    private void closed() {
        if (isClosed) {
            return;
        }
        forget();
        loop().execute(() -> {
            if (handler != null) {
                handler.onClosed(this, null);
            }
        });
    }

    @Override
    public EventLoop loop() {
        return session.raw().loop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return session.raw().remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return session.raw().localAddress();
    }

    @Override
    public @Nullable TlsFacts tls() {
        return session.raw().tls();
    }

    @Override
    public void write(MemorySegment bytes) {
        if (isEnding || bytes.byteSize() == 0) {
            return;
        }
        try {
            message().write(bytes);
        } catch (RefusedException | NoBlockException unfit) {
            reset();
        }
    }

    @Override
    public void flush() {
        session.flushSoon();
    }

    @Override
    public boolean isWritable() {
        boolean isWritable = !isEnding && outbox.isEmpty() && session.raw().isWritable();
        wantsWritable |= !isWritable;
        return isWritable;
    }

    /** Tells the handler if it waits for that. */
    void tellIfWritable() {
        if (wantsWritable && handler != null && isWritable()) {
            wantsWritable = false;
            handler.onWritable(this);
        }
    }

    /** What passes here becomes frames. */
    @Override
    public void allowSplice(Connection to, long bytes) {}

    @Override
    public void pauseReading() {
        inbox.pause();
    }

    @Override
    public void resumeReading() {
        if (inbox.resume() && !isClosed && !isProceedDue) {
            isProceedDue = true;
            loop().execute(this::proceed);
        }
    }

    private void proceed() {
        isProceedDue = false;
        if (!isClosed) {
            try {
                inbox.proceed();
            } catch (RuntimeException | Error failure) {
                session.failed(failure);
            }
        }
    }

    @Override
    public void shutdownOutput() {
        endOutput();
    }

    @Override
    public void close() {
        endOutput();
    }

    private void endOutput() {
        if (isEnding) {
            return;
        }
        isEnding = true;
        if (streamId == 0) {
            closed();
        } else if (message().isDone()) {
            settle();
        } else if (message().endsWithConnection()) {
            outbox.end();
        } else {
            abandon();
        }
        session.flushSoon();
    }

    @Override
    public void reset() {
        if (!isClosed) {
            isEnding = true;
            abandon();
            session.flushSoon();
        }
    }

    private void abandon() {
        if (streamId != 0) {
            session.frames().reset(streamId, session.whenGivenUp());
            leaveStream(true);
        }
        closed();
    }

    @Override
    public boolean isOpen() {
        return !isEnding;
    }
}
