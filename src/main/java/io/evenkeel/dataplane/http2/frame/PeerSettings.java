package io.evenkeel.dataplane.http2.frame;

import java.lang.foreign.MemorySegment;

/** What the peer asks for: RFC 9113 §6.5.2. */
public final class PeerSettings {

    static final int ENTRY_BYTES = 6;
    static final int HEADER_TABLE_SIZE = 1;
    static final int ENABLE_PUSH = 2;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;
    static final int MAX_FRAME_SIZE = 5;
    static final int MAX_HEADER_LIST_SIZE = 6;
    static final int NO_RFC7540_PRIORITIES = 9;

    private static final int DEFAULT_TABLE = 4096;

    private int initialWindow = FlowWindow.INITIAL;
    private long maxStreams = Integer.MAX_VALUE;
    private boolean isTableLimited;

    /** Takes what stands in [from, to), entry by entry. */
    public void apply(MemorySegment bytes, int from, int to) throws ConnectionException {
        isTableLimited = false;
        for (int at = from; at < to; at += ENTRY_BYTES) {
            apply(Frame.int16(bytes, at), Integer.toUnsignedLong(Frame.int32(bytes, at + 2)));
        }
    }

    private void apply(int what, long value) throws ConnectionException {
        switch (what) {
            case HEADER_TABLE_SIZE -> isTableLimited |= value < DEFAULT_TABLE;
            case ENABLE_PUSH -> require(value <= 1);
            case MAX_CONCURRENT_STREAMS -> maxStreams = value;
            case INITIAL_WINDOW_SIZE -> {
                if (value > FlowWindow.MAX) {
                    throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "initial window too large");
                }
                initialWindow = (int) value;
            }
            // Frames of ours are never larger than everyone takes.
            case MAX_FRAME_SIZE -> require(value >= Frame.MAX_PAYLOAD && value < 1 << 24);
            default -> {}
        }
    }

    private static void require(boolean isAllowed) throws ConnectionException {
        if (!isAllowed) {
            throw ConnectionException.protocol("setting out of range");
        }
    }

    /** Bytes. */
    public int initialWindow() {
        return initialWindow;
    }

    public long maxStreams() {
        return maxStreams;
    }

    /** Whether what was applied last limits the table of header compression below its default. */
    public boolean isTableLimited() {
        return isTableLimited;
    }
}
