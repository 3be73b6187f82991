package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http2.frame.FrameWriter;
import io.evenkeel.dataplane.http2.hpack.HpackDecoder;
import io.evenkeel.dataplane.http2.text.RequestText;
import io.evenkeel.dataplane.http2.text.ResponseText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What all sessions of a loop write and read with during a call, and keep nothing in, and what they know together. For the
 * loop's thread alone.
 */
final class LoopScratch {

    /** Of the fields of one message, in the measure of RFC 9113 §6.5.2. */
    static final int MAX_HEADER_LIST = 32 << 10;

    /** Idle lanes of all sessions together: each is worth a request's objects, none a connection's memory. */
    private static final int MAX_IDLE_LANES = 4096;

    private static final ThreadLocal<LoopScratch> OF_THREAD = ThreadLocal.withInitial(LoopScratch::new);

    private final FrameWriter.Scratch frames = new FrameWriter.Scratch();
    private final HpackDecoder.Scratch decoding = new HpackDecoder.Scratch();
    private final RequestText requests = new RequestText(new Block(BlockPool.LARGE));
    private final ResponseText responses = new ResponseText(new Block(BlockPool.LARGE));
    private final Block fields = new Block(BlockPool.LARGE);
    private final Block host = new Block(1024);
    private final Block chunk = new Block(2 * FrameWriter.MAX_PAYLOAD);
    private final CalmedPeers calmed = new CalmedPeers();
    private byte[] compressed = new byte[1024];
    private int idleLanes;

    private LoopScratch() {}

    static LoopScratch ofThisThread() {
        return OF_THREAD.get();
    }

    CalmedPeers calmed() {
        return calmed;
    }

    FrameWriter.Scratch frames() {
        return frames;
    }

    HpackDecoder.Scratch decoding() {
        return decoding;
    }

    RequestText requests() {
        return requests;
    }

    ResponseText responses() {
        return responses;
    }

    /** An empty block for compressed fields on their way out. */
    Block fields() {
        fields.clear();
        return fields;
    }

    /** An empty block for content on its way to the reader of HTTP/1.1. */
    Block chunk() {
        chunk.clear();
        return chunk;
    }

    /** An empty block for the name of a host. */
    Block host() {
        host.clear();
        return host;
    }

    /** The bytes in [from, to), from the array's start. */
    byte[] onHeap(MemorySegment bytes, int from, int to) {
        if (compressed.length < to - from) {
            compressed = Arrays.copyOf(compressed, Math.max(2 * compressed.length, to - from));
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, compressed, 0, to - from);
        return compressed;
    }

    /** False when there are enough: whoever asked has to do without. */
    boolean keepIdle() {
        if (idleLanes == MAX_IDLE_LANES) {
            return false;
        }
        idleLanes++;
        return true;
    }

    void noLongerIdle() {
        idleLanes--;
    }
}
