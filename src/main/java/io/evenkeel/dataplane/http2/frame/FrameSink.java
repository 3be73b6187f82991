package io.evenkeel.dataplane.http2.frame;

import java.lang.foreign.MemorySegment;

/** Takes frames as they come, whatever their type. */
@FunctionalInterface
interface FrameSink {

    /** A whole frame with its payload in [from, to), valid during the call. */
    void onFrame(int type, int flags, int streamId, MemorySegment bytes, int from, int to) throws ConnectionException;
}
