package io.evenkeel.dataplane.fuzz;

import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RefusedException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A chunked body: its end and its content are the same however it is split, and for another parser. */
public final class ChunksFuzz {

    private static final int CUTS = 2;
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int MAX_INPUT = 128 << 10;
    private static final Guarded PIECE = new Guarded(MAX_INPUT);

    /** @param forwarded all of it that goes on */
    private record Read(String verdict, String content, String forwarded, int end) {}

    private ChunksFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= CUTS || input.length > MAX_INPUT) {
            return;
        }
        int seed = (input[0] & 0xff) << 8 | (input[1] & 0xff);
        var wire = Arrays.copyOfRange(input, CUTS, input.length);
        var whole = read(wire, Cuts.NONE, (byte) 0);
        Claims.equal("What is read", whole, read(wire, Cuts.of(seed), (byte) '0'));
        if (whole.verdict().equals("complete")) {
            var seen = OtherParser.requests(Claims.bytes(HEAD + whole.forwarded()));
            Claims.that(seen.refusal().isEmpty(), "Others refuse it", seen.refusal());
            Claims.equal(
                    "The number of bodies that others see", 1, seen.complete().size());
            Claims.equal("Content", whole.content(), seen.complete().getFirst().content());
        }
    }

    private static Read read(byte[] wire, Cuts cuts, byte neighbour) {
        var body = new MessageBody();
        body.begin(MessageBody.Kind.CHUNKED, 0);
        var content = new StringBuilder();
        var forwarded = new StringBuilder();
        try {
            int start = 0;
            while (start < wire.length && !body.isDone()) {
                int end = cuts.next(start, wire.length);
                PIECE.place(wire, start, end, neighbour);
                start += readPiece(body, content, forwarded);
                PIECE.requireNeighboursUntouched();
            }
            return new Read(body.isDone() ? "complete" : "unfinished", content.toString(), forwarded.toString(), start);
        } catch (RefusedException refused) {
            return new Read(refused.status() + " " + refused.reason(), "", "", 0);
        }
    }

    private static int readPiece(MessageBody body, StringBuilder content, StringBuilder forwarded)
            throws RefusedException {
        int at = PIECE.from();
        while (at < PIECE.to() && !body.isDone()) {
            int end = body.nextRun(PIECE.memory(), at, PIECE.to());
            Claims.that(end > at && end <= PIECE.to(), "A reader stands still or runs away", end - at);
            var run = Claims.text(PIECE.memory().asSlice(at, end - at).toArray(ValueLayout.JAVA_BYTE));
            content.append(body.isData() ? run : "");
            forwarded.append(body.goesOn() ? run : "");
            at = end;
        }
        return at - PIECE.from();
    }
}
