package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.NoBlockException;
import io.evenkeel.dataplane.http2.frame.ConnectionException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;
import io.evenkeel.dataplane.http2.frame.FlowWindow;
import io.evenkeel.dataplane.http2.frame.FrameReader;
import io.evenkeel.dataplane.http2.frame.FrameRules;
import io.evenkeel.dataplane.http2.frame.FrameWriter;
import io.evenkeel.dataplane.http2.frame.PeerSettings;
import io.evenkeel.dataplane.http2.hpack.FieldSink;
import io.evenkeel.dataplane.http2.hpack.HpackDecoder;
import io.evenkeel.dataplane.http2.hpack.HpackEncoder;
import io.evenkeel.dataplane.http2.hpack.HpackException;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection with its streams, whichever side of it we are. For its loop's thread alone. */
abstract class Session implements ConnectionHandler, BlockPool.Holder {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** What a peer may send on all streams together before it is asked for more. */
    static final int WINDOW = 1 << 20;

    private final Connection raw;
    private final BlockPool blocks;
    private final LoopScratch scratch = LoopScratch.ofThisThread();
    private final FrameWriter frames;
    private final FrameReader reader;
    private final StreamFrames received;
    private final FrameRules rules;
    private final PeerSettings peer = new PeerSettings();
    private final HpackDecoder decoder;
    private final HpackEncoder encoder = new HpackEncoder();
    private final FlowWindow sendWindow = new FlowWindow(FlowWindow.INITIAL);
    private final ArrayDeque<Outbox> line = new ArrayDeque<>();
    private final Streams streams = new Streams();
    private final Patience patience;
    private boolean isFlushDue;
    private boolean isHolding;
    private boolean isEnding;

    /** @param isServer whether the peer is a client */
    Session(Connection raw, BlockPool blocks, boolean isServer) {
        this.raw = raw;
        this.blocks = blocks;
        this.frames = new FrameWriter(raw, scratch.frames());
        this.received = new StreamFrames(this);
        this.rules = new FrameRules(blocks, received);
        this.reader = new FrameReader(blocks, rules, isServer);
        this.decoder = new HpackDecoder(scratch.decoding(), LoopScratch.MAX_HEADER_LIST);
        this.patience = new Patience(raw.loop().nanoTime());
    }

    /** The first words of ours, behind the settings. */
    final void enlargeWindow() {
        frames.windowUpdate(0, WINDOW - FlowWindow.INITIAL);
        flushSoon();
    }

    final Connection raw() {
        return raw;
    }

    final BlockPool blocks() {
        return blocks;
    }

    final LoopScratch scratch() {
        return scratch;
    }

    final FrameWriter frames() {
        return frames;
    }

    final FrameReader reader() {
        return reader;
    }

    final FrameRules rules() {
        return rules;
    }

    final PeerSettings peer() {
        return peer;
    }

    final HpackEncoder encoder() {
        return encoder;
    }

    final HpackDecoder decoder() {
        return decoder;
    }

    final Streams streams() {
        return streams;
    }

    final Patience patience() {
        return patience;
    }

    final boolean isEnding() {
        return isEnding;
    }

    /** The peer broke a rule of a stream: that costs us as much as if it had given it up. */
    final void refuse(Lane lane, ErrorCode code) throws ConnectionException {
        lane.refuse(code);
        spend(Patience.STREAM);
    }

    /** Whether the peer is to be shown little patience only. */
    boolean isMistrusted(long nowNanos) {
        return false;
    }

    /** A frame that costs work and leads to nothing. */
    final void spend(int cost) throws ConnectionException {
        long now = raw.loop().nanoTime();
        if (patience.isTried() && isMistrusted(now)) {
            patience.lose();
        }
        patience.spend(cost, now, raw.isWritable());
    }

    /** Reads a block of fields to its end. */
    final void decode(MemorySegment bytes, int from, int to, FieldSink sink) throws ConnectionException {
        try {
            decoder.decode(scratch.onHeap(bytes, from, to), 0, to - from, sink);
        } catch (HpackException cause) {
            throw new ConnectionException(ErrorCode.COMPRESSION_ERROR, String.valueOf(cause.getMessage()));
        }
    }

    /** How much a stream with that window may send now. */
    final int maySend(FlowWindow stream) {
        return raw.isWritable() ? Math.min(stream.available(), sendWindow.available()) : 0;
    }

    final void sent(int bytes, FlowWindow stream) {
        stream.take(bytes);
        sendWindow.take(bytes);
        patience.onSent(bytes);
    }

    /** Takes its turn as soon as the connection can take something. */
    final void queue(Outbox outbox) {
        line.addLast(outbox);
    }

    /** Sends what waits, a frame of each stream in turn. */
    final void pump() {
        while (!line.isEmpty() && sendWindow.available() > 0 && raw.isWritable() && !isEnding) {
            line.removeFirst().takeTurn(Lane::tellIfWritable);
        }
        flushSoon();
    }

    /** All that is written in one turn of the loop leaves together. */
    final void flushSoon() {
        if (!isFlushDue) {
            isFlushDue = true;
            raw.loop().execute(this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        if (!isEnding) {
            raw.flush();
            onTurnEnded();
        }
    }

    /** What was done in this turn of the loop is on its way. */
    abstract void onTurnEnded();

    /** So much of what was received is done with. */
    final void consumed(int bytes) {
        received.consumed(bytes);
    }

    /** The connection may send so much more; false beyond what may be. */
    final boolean enlargeSendWindow(int bytes) {
        return sendWindow.enlarge(bytes);
    }

    @Override
    public final void onData(Connection from, MemorySegment bytes) {
        if (isEnding) {
            return;
        }
        stopHolding();
        try {
            reader.read(bytes);
            if (!isEnding && (reader.isPartial() || rules.isInBlock())) {
                isHolding = true;
                blocks.hold(this);
            }
            onRead();
        } catch (ConnectionException cause) {
            fail(cause.code(), cause);
        } catch (NoBlockException full) {
            fail(ErrorCode.INTERNAL_ERROR, full);
        }
    }

    /** All that came was read. */
    abstract void onRead();

    private void stopHolding() {
        if (isHolding) {
            isHolding = false;
            blocks.release(this);
        }
    }

    /** Others need the memory that a frame takes whose rest does not come. */
    @Override
    public final void giveUp() {
        isHolding = false;
        raw.reset();
        release();
    }

    @Override
    public void onWritable(Connection to) {
        pump();
        if (raw.isWritable()) {
            streams.all().forEach(Lane::tellIfWritable);
        }
    }

    /** The stream is over. */
    final void ended(Lane lane, boolean mayEcho) {
        streams.remove(lane, mayEcho);
        flushSoon();
    }

    /** The lane can take another stream. */
    abstract void free(Lane lane);

    /** The lane can take nothing any more. */
    abstract void forget(Lane lane);

    /** Says why and ends: RFC 9113 §5.4.1. */
    final void fail(ErrorCode code, Exception cause) {
        if (!isEnding) {
            log.atDebug().log("HTTP/2 with {} ends with {}: {}", raw.remoteAddress(), code, cause.getMessage());
            onFailed(code);
            end(code, new IOException(cause.getMessage()));
        }
    }

    abstract void onFailed(ErrorCode code);

    /** A whole block of fields, to be decoded in any case. */
    abstract void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd)
            throws ConnectionException;

    /** What the peer is told of a stream that we give up. */
    abstract ErrorCode whenGivenUp();

    /** Whether content may come now: a head came before. */
    abstract boolean mayHaveContent(Lane lane);

    /** Whether anybody ever spoke of that stream. */
    abstract boolean hasBegun(int streamId);

    /** The peer begins nothing any more, and looked at nothing of ours beyond that stream. */
    abstract void onGoAway(int lastStreamId);

    /** The peer's settings came. */
    abstract void onSettings();

    /** All that the peer sent before it heard our ping has come. */
    abstract void onPong();

    /** A handler threw. */
    final void failed(Throwable failure) {
        log.atError().setCause(failure).log("The handler of a stream failed; its connection is reset");
        raw.reset();
    }

    /** Ends after a last word; streams that are open are lost. */
    final void end(ErrorCode code, @Nullable IOException cause) {
        isEnding = true;
        frames.goAway(lastStreamId(), code);
        raw.flush();
        raw.shutdownOutput();
        raw.resumeReading();
        onLastWords();
        release();
        lose(cause == null ? new IOException("The connection ended") : cause);
    }

    /** The peer has a moment to read why. */
    abstract void onLastWords();

    /** The last stream of the peer that was looked at. */
    abstract int lastStreamId();

    /** Every lane is told that the connection is gone. */
    abstract void lose(IOException cause);

    private void release() {
        stopHolding();
        reader.clear();
        rules.clear();
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isEnding = true;
        release();
        lose(cause == null ? new IOException("The connection was closed") : cause);
        line.clear();
    }
}
