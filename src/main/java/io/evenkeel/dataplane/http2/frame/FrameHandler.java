package io.evenkeel.dataplane.http2.frame;

import java.lang.foreign.MemorySegment;

/**
 * What happens to the streams of a connection and to the connection itself. Ranges are [from, to), valid during the call.
 * What is thrown ends the connection.
 */
public interface FrameHandler {

    /** @param flowBytes what the frame takes of the windows: its content and its padding */
    void onData(int streamId, MemorySegment bytes, int from, int to, int flowBytes, boolean isEnd)
            throws ConnectionException;

    /** A whole block of fields, to be decoded in any case. */
    void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd) throws ConnectionException;

    /** @param isRefused whether the peer says that it has not looked at the stream */
    void onReset(int streamId, boolean isRefused) throws ConnectionException;

    /** @param isAck of ours; else {@link PeerSettings#apply} is to be called with them */
    void onSettings(boolean isAck, MemorySegment bytes, int from, int to) throws ConnectionException;

    void onPing(boolean isAck, long payload) throws ConnectionException;

    void onGoAway(int lastStreamId) throws ConnectionException;

    /** @param streamId 0 for the connection */
    void onWindowUpdate(int streamId, int increment) throws ConnectionException;

    /** A frame without effect: its type is unknown, or nobody follows it any more. */
    void onIgnored() throws ConnectionException;

    /** A frame that breaks a rule for its stream alone. */
    void onStreamError(int streamId, ErrorCode code) throws ConnectionException;
}
