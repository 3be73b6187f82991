package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.NotTakenException;
import io.evenkeel.dataplane.http2.frame.ConnectionException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;
import io.evenkeel.dataplane.http2.frame.FrameHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What the peer's frames do to the streams of a session: RFC 9113 §5 and §6. */
final class StreamFrames implements FrameHandler {

    private final Session session;
    private int window = Session.WINDOW;
    private int consumed;

    StreamFrames(Session session) {
        this.session = session;
    }

    @Override
    public void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd)
            throws ConnectionException {
        session.onHeaders(streamId, bytes, from, to, isEnd);
    }

    @Override
    public void onGoAway(int lastStreamId) {
        session.onGoAway(lastStreamId);
    }

    /** So much of what was received is done with: the connection's window is renewed when half of it was used. */
    void consumed(int bytes) {
        consumed += bytes;
        if (consumed >= Session.WINDOW / 2) {
            session.frames().windowUpdate(0, consumed);
            session.flushSoon();
            window += consumed;
            consumed = 0;
        }
    }

    @Override
    public void onData(int streamId, MemorySegment bytes, int from, int to, int flowBytes, boolean isEnd)
            throws ConnectionException {
        window -= flowBytes;
        if (window < 0) {
            throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "more content than was asked for");
        }
        if (from == to && !isEnd) {
            session.spend(Patience.FRAME);
        }
        var lane = session.streams().find(streamId);
        if (lane == null || lane.inbox().isEnded()) {
            consumed(flowBytes);
            onContentOfEnded(streamId);
        } else if (!lane.inbox().takes(flowBytes)) {
            consumed(flowBytes);
            session.refuse(lane, ErrorCode.FLOW_CONTROL_ERROR);
        } else {
            content(lane, bytes, from, to, flowBytes, isEnd);
        }
    }

    private void content(Lane lane, MemorySegment bytes, int from, int to, int flowBytes, boolean isEnd)
            throws ConnectionException {
        int padding = flowBytes - (to - from);
        consumed(padding);
        lane.inbox().renew(padding);
        if (!session.mayHaveContent(lane) || !lane.inbox().data(bytes, from, to, isEnd)) {
            consumed(to - from);
            session.refuse(lane, ErrorCode.PROTOCOL_ERROR);
        } else {
            lane.settle();
        }
    }

    private void onContentOfEnded(int streamId) throws ConnectionException {
        requireBegun(streamId);
        if (!session.streams().mayEcho(streamId)) {
            onStreamError(streamId, ErrorCode.STREAM_CLOSED);
        }
    }

    /** RFC 9113 §5.1: nobody speaks of a stream that was never begun. */
    private void requireBegun(int streamId) throws ConnectionException {
        if (!session.hasBegun(streamId)) {
            throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "frame of a stream that was not begun");
        }
    }

    @Override
    public void onStreamError(int streamId, ErrorCode code) throws ConnectionException {
        requireBegun(streamId);
        var lane = session.streams().find(streamId);
        if (lane != null) {
            session.refuse(lane, code);
        } else {
            session.frames().reset(streamId, code);
            session.flushSoon();
            session.spend(Patience.STREAM);
        }
    }

    @Override
    public void onReset(int streamId, boolean isRefused) throws ConnectionException {
        requireBegun(streamId);
        var lane = session.streams().find(streamId);
        if (lane == null) {
            session.spend(Patience.FRAME);
            return;
        }
        lane.lost(
                isRefused
                        ? new NotTakenException("The peer refused the stream")
                        : new IOException("The peer gave up the stream"));
        session.spend(Patience.STREAM);
    }

    @Override
    public void onSettings(boolean isAck, MemorySegment bytes, int from, int to) throws ConnectionException {
        session.spend(Patience.FRAME + (to - from) / 64);
        if (isAck) {
            return;
        }
        int before = session.peer().initialWindow();
        session.peer().apply(bytes, from, to);
        if (session.peer().isTableLimited()) {
            session.encoder().tableLimited();
        }
        long change = (long) session.peer().initialWindow() - before;
        for (var lane : change == 0 ? List.<Lane>of() : session.streams().all()) {
            if (!lane.outbox().enlarge(change)) {
                throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "window too large");
            }
        }
        session.frames().settingsAck();
        session.onSettings();
        session.pump();
    }

    @Override
    public void onPing(boolean isAck, long payload) throws ConnectionException {
        session.spend(Patience.FRAME);
        if (isAck) {
            session.onPong();
        } else {
            session.frames().ping(true, payload);
            session.flushSoon();
        }
    }

    @Override
    public void onWindowUpdate(int streamId, int increment) throws ConnectionException {
        session.spend(Patience.FRAME);
        if (streamId == 0) {
            if (!session.enlargeSendWindow(increment)) {
                throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "window too large");
            }
            session.pump();
            return;
        }
        requireBegun(streamId);
        var lane = session.streams().find(streamId);
        if (lane != null && !lane.outbox().enlarge(increment)) {
            session.refuse(lane, ErrorCode.FLOW_CONTROL_ERROR);
        } else if (lane != null) {
            session.pump();
        }
    }

    @Override
    public void onIgnored() throws ConnectionException {
        session.spend(Patience.FRAME);
    }
}
