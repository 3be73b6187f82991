package io.evenkeel.dataplane.http2.frame;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.Cuts;
import io.evenkeel.dataplane.fuzz.Guarded;
import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A peer's bytes: however they are split, the same frames are read of them, and the same verdict ends them. The first two
 * bytes say where the others are cut.
 */
public final class FramesFuzz {

    private static final int CUTS = 2;
    private static final int MAX_INPUT = 256 << 10;
    private static final Guarded PIECE = new Guarded(MAX_INPUT);

    private FramesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= CUTS || input.length > MAX_INPUT) {
            return;
        }
        int seed = ((input[0] & 0xff) << 8) | (input[1] & 0xff);
        var wire = Arrays.copyOfRange(input, CUTS, input.length);
        Claims.equal("What is read", read(wire, Cuts.NONE, (byte) 0), read(wire, Cuts.of(seed), (byte) 1));
    }

    private static List<String> read(byte[] wire, Cuts cuts, byte neighbour) {
        var told = new Told();
        var blocks = new BlockPool(1 << 20);
        var rules = new FrameRules(blocks, told);
        var reader = new FrameReader(blocks, rules, false);
        try {
            int start = 0;
            while (start < wire.length) {
                int end = cuts.next(start, wire.length);
                PIECE.place(wire, start, end, neighbour);
                reader.read(PIECE.memory().asSlice(PIECE.from(), PIECE.to() - PIECE.from()));
                PIECE.requireNeighboursUntouched();
                start = end;
            }
        } catch (ConnectionException ended) {
            told.add(ended.code() + " " + ended.getMessage());
        } finally {
            reader.clear();
            rules.clear();
        }
        return told.all;
    }

    /** Writes down what it is told. */
    private static final class Told implements FrameHandler {

        private final List<String> all = new ArrayList<>();
        private final PeerSettings settings = new PeerSettings();

        private void add(String what) {
            all.add(what);
        }

        private static String hex(MemorySegment bytes, int from, int to) {
            return HexFormat.of().formatHex(bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public void onData(int streamId, MemorySegment bytes, int from, int to, int flowBytes, boolean isEnd) {
            add("data " + streamId + " " + flowBytes + " " + isEnd + " " + hex(bytes, from, to));
        }

        @Override
        public void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd) {
            add("headers " + streamId + " " + isEnd + " " + hex(bytes, from, to));
        }

        @Override
        public void onReset(int streamId, boolean isRefused) {
            add("reset " + streamId + " " + isRefused);
        }

        @Override
        public void onSettings(boolean isAck, MemorySegment bytes, int from, int to) throws ConnectionException {
            settings.apply(bytes, from, to);
            add("settings " + isAck + " " + settings.initialWindow() + " " + settings.maxStreams());
        }

        @Override
        public void onPing(boolean isAck, long payload) {
            add("ping " + isAck + " " + payload);
        }

        @Override
        public void onGoAway(int lastStreamId) {
            add("go away " + lastStreamId);
        }

        @Override
        public void onWindowUpdate(int streamId, int increment) {
            add("window " + streamId + " " + increment);
        }

        @Override
        public void onIgnored() {
            add("ignored");
        }

        @Override
        public void onStreamError(int streamId, ErrorCode code) {
            add("error " + streamId + " " + code);
        }
    }
}
