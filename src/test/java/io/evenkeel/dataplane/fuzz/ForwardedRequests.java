package io.evenkeel.dataplane.fuzz;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.HeadWriter;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.HeadEdits;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Traffic;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What our readers and writers make of a client's bytes: the requests that would go to a member, one behind the other. */
final class ForwardedRequests {

    static final int MAX_INPUT = 128 << 10;

    private static final BlockPool BLOCKS = new BlockPool(1 << 20);
    private static final Guarded PIECE = new Guarded(MAX_INPUT);
    private static final InsertedFields INSERTED = new InsertedFields(settings());
    private static final HeadEdits UNCHANGED = new HeadEdits();
    private static final InsertedFields.Client CLIENT =
            new InsertedFields.Client(new InetSocketAddress("198.51.100.9", 50_000));

    /** @param content of the body, without its framing; null while it is not complete */
    record Forwarded(String head, String content) {}

    private final List<Forwarded> requests = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final RequestHead head = new RequestHead(BLOCKS);
    private final MessageBody body = new MessageBody();
    private String verdict = "";

    static ForwardedRequests of(byte[] wire, Cuts cuts, byte neighbour) {
        var forwarded = new ForwardedRequests();
        forwarded.read(wire, cuts, neighbour);
        return forwarded;
    }

    private static ListenerSettings settings() {
        var listener = new UUID(0, 1);
        var loadBalancer = new UUID(0, 2);
        var all = List.of(
                "X-Forwarded-Host",
                "X-Real-IP",
                "X-Forwarded-For-Port",
                "X-Forwarded-ELB-IP",
                "X-Forwarded-Port",
                "X-Forwarded-Proto",
                "X-Forwarded-ELB-ID");
        var switches = new HashMap<String, String>();
        all.forEach(name -> switches.put(name, "true"));
        return new ListenerSettings(
                listener,
                loadBalancer,
                new InetSocketAddress("192.0.2.7", 8080),
                null,
                new Traffic(1).of(loadBalancer, listener),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Map.copyOf(switches),
                true);
    }

    /** Those that are complete. */
    List<Forwarded> requests() {
        return requests;
    }

    /** As they go on, of requests that are not complete as well. */
    List<String> heads() {
        return heads;
    }

    /** Whether the bytes ended between two requests, within one, or where they were refused, and why. */
    String verdict() {
        return verdict;
    }

    /** All that goes to the member. */
    byte[] stream() {
        return stream.toByteArray();
    }

    private void read(byte[] wire, Cuts cuts, byte neighbour) {
        try {
            for (int start = 0; start < wire.length; ) {
                int end = cuts.next(start, wire.length);
                PIECE.place(wire, start, end, neighbour);
                readPiece();
                PIECE.requireNeighboursUntouched();
                start = end;
            }
            verdict = head.size() == 0 && body.isDone() ? "complete" : "unfinished";
        } catch (RefusedException refused) {
            verdict = "refused " + refused.status() + " " + refused.reason();
        } finally {
            head.clear();
        }
    }

    private void readPiece() throws RefusedException {
        int at = PIECE.from();
        while (at < PIECE.to()) {
            at = body.isDone() ? readHead(at) : readBody(at);
        }
    }

    private int readHead(int from) throws RefusedException {
        int end = head.read(PIECE.memory(), from, PIECE.to());
        Claims.that(end > from && end <= PIECE.to(), "A reader stands still or runs away", end - from);
        if (head.isComplete()) {
            forward();
            body.begin(head.bodyKind(), head.contentLength());
            head.clear();
            endIfDone();
        }
        return end;
    }

    private void forward() {
        var out = BLOCKS.take(head.size() + HeadWriter.MAX_GROWTH);
        HeadWriter.request(head, INSERTED, CLIENT, UNCHANGED, out);
        Claims.that(out.size() <= head.size() + HeadWriter.MAX_GROWTH, "A head grows too much", out.size());
        var bytes = out.filled().toArray(ValueLayout.JAVA_BYTE);
        BLOCKS.give(out);
        stream.writeBytes(bytes);
        heads.add(Claims.text(bytes));
        content.reset();
    }

    private int readBody(int from) throws RefusedException {
        int end = body.nextRun(PIECE.memory(), from, PIECE.to());
        Claims.that(end > from && end <= PIECE.to(), "A reader stands still or runs away", end - from);
        var run = new byte[end - from];
        MemorySegment.copy(PIECE.memory(), ValueLayout.JAVA_BYTE, from, run, 0, run.length);
        if (body.goesOn()) {
            stream.writeBytes(run);
        }
        if (body.isData()) {
            content.writeBytes(run);
        }
        endIfDone();
        return end;
    }

    private void endIfDone() {
        if (body.isDone()) {
            requests.add(new Forwarded(heads.getLast(), Claims.text(content.toByteArray())));
        }
    }
}
