package io.evenkeel.dataplane.http2.frame;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.transport.Connection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Writes frames to a connection; nothing leaves before its flush. */
public final class FrameWriter {

    /** The most content of a frame. */
    public static final int MAX_PAYLOAD = Frame.MAX_PAYLOAD;

    private static final MemorySegment PREFACE = Arena.global()
            .allocateFrom(
                    ValueLayout.JAVA_BYTE, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Connection connection;
    private final MemorySegment small;

    /** What the writers of a thread share. */
    public static final class Scratch {
        private final MemorySegment small = Arena.ofAuto().allocate(64);
    }

    public FrameWriter(Connection connection, Scratch scratch) {
        this.connection = connection;
        this.small = scratch.small;
    }

    private void begin(int payload, int type, int flags, int streamId) {
        Frame.put8(small, 0, payload >> 16);
        Frame.put16(small, 1, payload);
        Frame.put8(small, 3, type);
        Frame.put8(small, 4, flags);
        Frame.put32(small, 5, streamId);
    }

    private void send(int payload) {
        connection.write(small.asSlice(0, Frame.HEADER_BYTES + payload));
    }

    /** At most {@link #MAX_PAYLOAD} bytes. */
    public void data(int streamId, MemorySegment bytes, int from, int to, boolean isEnd) {
        begin(to - from, Frame.DATA, isEnd ? Frame.END_STREAM : 0, streamId);
        send(0);
        if (from < to) {
            connection.write(bytes.asSlice(from, to - from));
        }
    }

    /** A whole block of fields, in as many frames as it needs. */
    public void headers(int streamId, Block block, boolean isEnd) {
        int type = Frame.HEADERS;
        int flags = isEnd ? Frame.END_STREAM : 0;
        int at = 0;
        do {
            int length = Math.min(block.size() - at, MAX_PAYLOAD);
            boolean isLast = at + length == block.size();
            begin(length, type, isLast ? flags | Frame.END_HEADERS : flags, streamId);
            send(0);
            connection.write(block.segment().asSlice(at, length));
            at += length;
            type = Frame.CONTINUATION;
            flags = 0;
        } while (at < block.size());
    }

    public void reset(int streamId, ErrorCode code) {
        begin(4, Frame.RST_STREAM, 0, streamId);
        Frame.put32(small, Frame.HEADER_BYTES, code.number());
        send(4);
    }

    /** What a client says first of all, before its settings. */
    public void preface() {
        connection.write(PREFACE);
    }

    /** Of one that takes requests. */
    public void serverSettings(int maxStreams, int maxHeaderList) {
        begin(18, Frame.SETTINGS, 0, 0);
        setting(0, PeerSettings.MAX_CONCURRENT_STREAMS, maxStreams);
        setting(1, PeerSettings.MAX_HEADER_LIST_SIZE, maxHeaderList);
        setting(2, PeerSettings.NO_RFC7540_PRIORITIES, 1);
        send(18);
    }

    /** Of one that sends requests: nobody may push. */
    public void clientSettings(int maxHeaderList) {
        begin(18, Frame.SETTINGS, 0, 0);
        setting(0, PeerSettings.ENABLE_PUSH, 0);
        setting(1, PeerSettings.MAX_HEADER_LIST_SIZE, maxHeaderList);
        setting(2, PeerSettings.NO_RFC7540_PRIORITIES, 1);
        send(18);
    }

    private void setting(int index, int what, int value) {
        int at = Frame.HEADER_BYTES + index * PeerSettings.ENTRY_BYTES;
        Frame.put16(small, at, what);
        Frame.put32(small, at + 2, value);
    }

    public void settingsAck() {
        begin(0, Frame.SETTINGS, Frame.ACK, 0);
        send(0);
    }

    public void ping(boolean isAck, long payload) {
        begin(8, Frame.PING, isAck ? Frame.ACK : 0, 0);
        Frame.put64(small, Frame.HEADER_BYTES, payload);
        send(8);
    }

    public void goAway(int lastStreamId, ErrorCode code) {
        begin(8, Frame.GOAWAY, 0, 0);
        Frame.put32(small, Frame.HEADER_BYTES, lastStreamId);
        Frame.put32(small, Frame.HEADER_BYTES + 4, code.number());
        send(8);
    }

    /** @param streamId 0 for the connection */
    public void windowUpdate(int streamId, int increment) {
        begin(4, Frame.WINDOW_UPDATE, 0, streamId);
        Frame.put32(small, Frame.HEADER_BYTES, increment);
        send(4);
    }
}
