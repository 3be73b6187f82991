package io.evenkeel.dataplane.http2.frame;

import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.MemorySegment;

/** Judges each frame by its own section of RFC 9113 §6, and puts blocks of fields together. */
public final class FrameRules implements FrameSink {

    private final FrameHandler handler;
    private final HeaderBlock block;
    private boolean hasSettings;

    public FrameRules(BlockPool blocks, FrameHandler handler) {
        this.handler = handler;
        this.block = new HeaderBlock(blocks);
    }

    /** Whether a block of fields has begun and its rest is to come. */
    public boolean isInBlock() {
        return block.isOpen();
    }

    /** Gives back what is held. */
    public void clear() {
        block.clear();
    }

    @Override
    public void onFrame(int type, int flags, int streamId, MemorySegment bytes, int from, int to)
            throws ConnectionException {
        if (!hasSettings && (type != Frame.SETTINGS || has(flags, Frame.ACK))) {
            throw ConnectionException.protocol("first frame other than SETTINGS");
        }
        if (block.isOpen() && (type != Frame.CONTINUATION || streamId != block.streamId())) {
            throw ConnectionException.protocol("frame within a block of fields");
        }
        switch (type) {
            case Frame.DATA -> data(flags, streamId, bytes, from, to);
            case Frame.HEADERS -> headers(flags, streamId, bytes, from, to);
            case Frame.PRIORITY -> priority(streamId, bytes, from, to);
            case Frame.RST_STREAM -> reset(streamId, bytes, from, to);
            case Frame.SETTINGS -> settings(flags, streamId, bytes, from, to);
            case Frame.PUSH_PROMISE -> throw ConnectionException.protocol("PUSH_PROMISE, which we never allow");
            case Frame.PING -> ping(flags, streamId, bytes, from, to);
            case Frame.GOAWAY -> goAway(streamId, bytes, from, to);
            case Frame.WINDOW_UPDATE -> windowUpdate(streamId, bytes, from, to);
            case Frame.CONTINUATION -> continuation(flags, streamId, bytes, from, to);
            default -> handler.onIgnored();
        }
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private static void requireStream(int streamId) throws ConnectionException {
        if (streamId == 0) {
            throw ConnectionException.protocol("frame without a stream");
        }
    }

    private static void requireNoStream(int streamId) throws ConnectionException {
        if (streamId != 0) {
            throw ConnectionException.protocol("frame of the connection on a stream");
        }
    }

    private static void requireSize(boolean isRight) throws ConnectionException {
        if (!isRight) {
            throw ConnectionException.size("frame of a wrong size");
        }
    }

    /** The length of what stands before the content; its padding ends it. RFC 9113 §6.1. */
    private static int padding(int flags, MemorySegment bytes, int from, int to) throws ConnectionException {
        if (!has(flags, Frame.PADDED)) {
            return 0;
        }
        requireSize(from < to);
        int padding = Frame.int8(bytes, from);
        if (padding >= to - from) {
            throw ConnectionException.protocol("padding as long as its frame");
        }
        return padding;
    }

    private void data(int flags, int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireStream(streamId);
        int end = to - padding(flags, bytes, from, to);
        int start = has(flags, Frame.PADDED) ? from + 1 : from;
        handler.onData(streamId, bytes, start, end, to - from, has(flags, Frame.END_STREAM));
    }

    private void headers(int flags, int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireStream(streamId);
        int end = to - padding(flags, bytes, from, to);
        int start = has(flags, Frame.PADDED) ? from + 1 : from;
        if (has(flags, Frame.HAS_PRIORITY)) {
            if (end - start < 5) {
                throw has(flags, Frame.PADDED)
                        ? ConnectionException.protocol("padding over the priority")
                        : ConnectionException.size("HEADERS without its priority");
            }
            if (Frame.int31(bytes, start) == streamId) {
                throw ConnectionException.protocol("stream that depends on itself");
            }
            start += 5;
        }
        boolean isEnd = has(flags, Frame.END_STREAM);
        if (has(flags, Frame.END_HEADERS)) {
            handler.onHeaders(streamId, bytes, start, end, isEnd);
        } else {
            block.begin(streamId, isEnd, bytes, start, end);
        }
    }

    private void continuation(int flags, int streamId, MemorySegment bytes, int from, int to)
            throws ConnectionException {
        requireStream(streamId);
        if (!block.isOpen()) {
            throw ConnectionException.protocol("CONTINUATION of nothing");
        }
        block.add(bytes, from, to);
        if (has(flags, Frame.END_HEADERS)) {
            block.end(handler);
        }
    }

    /** RFC 9113 §5.3.2: it has no meaning any more, but a form. */
    private void priority(int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireStream(streamId);
        if (to - from != 5) {
            handler.onStreamError(streamId, ErrorCode.FRAME_SIZE_ERROR);
        } else if (Frame.int31(bytes, from) == streamId) {
            handler.onStreamError(streamId, ErrorCode.PROTOCOL_ERROR);
        } else {
            handler.onIgnored();
        }
    }

    private void reset(int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireStream(streamId);
        requireSize(to - from == 4);
        handler.onReset(streamId, Frame.int32(bytes, from) == ErrorCode.REFUSED_STREAM.number());
    }

    private void settings(int flags, int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireNoStream(streamId);
        boolean isAck = has(flags, Frame.ACK);
        requireSize(isAck ? from == to : (to - from) % PeerSettings.ENTRY_BYTES == 0);
        hasSettings = true;
        handler.onSettings(isAck, bytes, from, to);
    }

    private void ping(int flags, int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireNoStream(streamId);
        requireSize(to - from == 8);
        handler.onPing(has(flags, Frame.ACK), Frame.int64(bytes, from));
    }

    private void goAway(int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireNoStream(streamId);
        requireSize(to - from >= 8);
        handler.onGoAway(Frame.int31(bytes, from));
    }

    private void windowUpdate(int streamId, MemorySegment bytes, int from, int to) throws ConnectionException {
        requireSize(to - from == 4);
        int increment = Frame.int31(bytes, from);
        if (increment > 0) {
            handler.onWindowUpdate(streamId, increment);
        } else if (streamId == 0) {
            throw ConnectionException.protocol("window enlarged by nothing");
        } else {
            handler.onStreamError(streamId, ErrorCode.PROTOCOL_ERROR);
        }
    }
}
