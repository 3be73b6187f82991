package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.Cuts;
import io.evenkeel.dataplane.fuzz.Guarded;
import io.evenkeel.dataplane.fuzz.OtherParser;
import io.evenkeel.dataplane.fuzz.OtherParser.Seen;
import io.evenkeel.dataplane.http.ResponseRelay.Progress;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.pool.ManualLoop;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.EventLoop;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A member's bytes: what the client gets of them is the same however they are split, ends where it ends, and is for
 * another parser one response. The first byte says what was asked, the next two where the others are cut.
 */
public final class ResponsesFuzz {

    private static final int OPTIONS = 3;
    private static final int TO_HTTP10 = 1;
    private static final int TO_HEAD = 2;
    private static final int MAY_UPGRADE = 4;
    private static final int MAX_INPUT = 128 << 10;
    private static final Guarded PIECE = new Guarded(MAX_INPUT);
    private static final LoopContext CONTEXT =
            new LoopContext(new ManualLoop(0), new BlockPool(1 << 20), (member, target, timeout, handler) -> {});

    /** @param end where in the input the response ended, or -1 */
    private record Relayed(String verdict, String sent, int end, boolean isUntilClose) {

        boolean endsWithConnection() {
            return isUntilClose || sent.contains("\r\nConnection: close\r\n");
        }
    }

    private ResponsesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= OPTIONS || input.length > MAX_INPUT) {
            return;
        }
        int seed = (input[1] & 0xff) << 8 | (input[2] & 0xff);
        var wire = Arrays.copyOfRange(input, OPTIONS, input.length);
        var whole = relay(wire, input[0], Cuts.NONE, (byte) 0);
        Claims.equal("What is relayed", whole, relay(wire, input[0], Cuts.of(seed), (byte) '\n'));
        if (whole.verdict().equals("FINISHED") || whole.isUntilClose()) {
            requireSameForOthers(whole, (input[0] & TO_HEAD) != 0);
        }
    }

    private static void requireSameForOthers(Relayed ours, boolean areToHead) {
        var seen = OtherParser.responses(Claims.bytes(ours.sent()), areToHead, ours.endsWithConnection());
        Claims.that(seen.refusal().isEmpty(), "Others refuse what the client gets, " + seen.refusal(), ours.sent());
        var last = seen.messages().getLast();
        Claims.that(last.isComplete(), "Others wait for more", ours.sent());
        Claims.that(
                seen.complete().stream().limit(seen.complete().size() - 1L).allMatch(ResponsesFuzz::isInterim),
                "Others see more responses",
                ours.sent());
        Claims.that(!isInterim(last), "Others see no response", ours.sent());
    }

    private static boolean isInterim(Seen seen) {
        return seen.start().startsWith("1");
    }

    private static Relayed relay(byte[] wire, int options, Cuts cuts, byte neighbour) {
        var client = new Client();
        var relay = new ResponseRelay(CONTEXT, client);
        relay.begin((options & TO_HTTP10) != 0, (options & TO_HEAD) != 0, (options & MAY_UPGRADE) != 0);
        var progress = Progress.UNFINISHED;
        int start = 0;
        try {
            while (start < wire.length && progress == Progress.UNFINISHED) {
                int end = cuts.next(start, wire.length);
                PIECE.place(wire, start, end, neighbour);
                progress = relay.read(PIECE.memory().asSlice(PIECE.from(), end - start), true);
                PIECE.requireNeighboursUntouched();
                start += relay.used();
            }
            return new Relayed(progress.name(), Claims.text(client.sent()), start, relay.endsWithConnection());
        } catch (RefusedException refused) {
            // What came before is cut off for the client, wherever it was split.
            return new Relayed(refused.reason(), "", -1, false);
        } finally {
            relay.end();
        }
    }

    /** Remembers what it is sent. */
    private static final class Client implements Connection {

        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        byte[] sent() {
            return sent.toByteArray();
        }

        @Override
        public void write(MemorySegment bytes) {
            sent.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public EventLoop loop() {
            return CONTEXT.loop();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress localAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {}

        @Override
        public void allowSplice(Connection peer, long afterBytes) {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}

        @Override
        public void reset() {}
    }
}
