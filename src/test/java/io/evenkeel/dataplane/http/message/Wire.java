package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Feeds text to the readers of this package, cut into pieces, and writes down what they make of it. */
final class Wire {

    private static final BlockPool BLOCKS = new BlockPool(1 << 20);

    private Wire() {}

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Off-heap, with a byte before and after that does not belong to it. */
    static MemorySegment offHeap(byte[] bytes, int from, int to) {
        var segment = Arena.ofAuto().allocate(to - from + 2L);
        MemorySegment.copy(bytes, from, segment, ValueLayout.JAVA_BYTE, 1, to - from);
        return segment;
    }

    static String text(Block block) {
        return new String(block.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    /** "refused STATUS reason", or "incomplete", or the forwarded form of the head and what follows it. */
    static String request(byte[] wire, int... cuts) {
        var head = new RequestHead(BLOCKS);
        return verdict(head, wire, cuts, () -> {
            var out = BLOCKS.take(BlockPool.LARGE);
            appendInside(out, "", head::appendRequestLine, " HTTP/1.1\r\n");
            out.append(head.isHttp10() ? Ascii.bytes(" 1.0|") : Ascii.bytes(" 1.1|"));
            head.appendFields(out);
            out.append(Ascii.bytes("|" + head.bodyKind() + " " + head.contentLength()));
            out.append(Ascii.bytes(head.isPersistent() ? " persistent" : " closes"));
            return out;
        });
    }

    static String response(byte[] wire, int... cuts) {
        var head = new ResponseHead(BLOCKS);
        return verdict(head, wire, cuts, () -> {
            var out = BLOCKS.take(BlockPool.LARGE);
            appendInside(out, "HTTP/1.1 ", head::appendStatusLine, "\r\n");
            out.append('|');
            head.appendFields(out);
            out.append(Ascii.bytes("|" + head.bodyKind(false) + " " + head.contentLength()));
            out.append(Ascii.bytes(head.isPersistent() ? " persistent" : " closes"));
            return out;
        });
    }

    private static void appendInside(Block out, String prefix, Consumer<Block> writing, String suffix) {
        var line = BLOCKS.take(BlockPool.LARGE);
        writing.accept(line);
        var text = new String(line.filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith(prefix).endsWith(suffix);
        out.append(line.segment(), prefix.length(), line.size() - suffix.length());
        BLOCKS.give(line);
    }

    private static String verdict(MessageHead head, byte[] wire, int[] cuts, Supplier<Block> told) {
        try {
            int start = 0;
            for (int piece = 0; piece <= cuts.length; piece++) {
                int end = piece < cuts.length ? cuts[piece] : wire.length;
                int consumed = head.read(offHeap(wire, start, end), 1, end - start + 1) - 1;
                if (head.isComplete()) {
                    var block = told.get();
                    var text = text(block) + " ends at " + (start + consumed);
                    BLOCKS.give(block);
                    return text;
                }
                start = end;
            }
            return "incomplete";
        } catch (RefusedException refused) {
            return "refused " + refused.status() + " " + refused.reason();
        } finally {
            head.clear();
        }
    }

    /** "refused", or "incomplete", or where the body ended and what it contained. */
    static String chunked(byte[] wire, int... cuts) {
        var body = new MessageBody();
        body.begin(MessageBody.Kind.CHUNKED, 0);
        var content = new StringBuilder();
        try {
            int start = 0;
            for (int piece = 0; piece <= cuts.length; piece++) {
                int end = piece < cuts.length ? cuts[piece] : wire.length;
                int consumed = runs(body, wire, start, end, content);
                if (body.isDone()) {
                    return content + " ends at " + (start + consumed);
                }
                start = end;
            }
            return "incomplete " + content;
        } catch (RefusedException refused) {
            return "refused " + refused.status() + " " + refused.reason();
        }
    }

    private static int runs(MessageBody body, byte[] wire, int start, int end, StringBuilder content)
            throws RefusedException {
        var piece = offHeap(wire, start, end);
        int at = 1;
        while (at < end - start + 1 && !body.isDone()) {
            int next = body.nextRun(piece, at, end - start + 1);
            if (body.isData()) {
                content.append(new String(wire, start + at - 1, next - at, StandardCharsets.ISO_8859_1));
            }
            at = next;
        }
        return at - 1;
    }

    /** Heads that are served, one of each kind. */
    static List<String> goodRequests() {
        return List.of(
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x?y=1 HTTP/1.1\r\nHost: a:8080\r\nContent-Length: 12\r\n\r\nhello",
                "PUT /x HTTP/1.1\r\nhOST:\ta \t\r\nTransfer-Encoding:  Chunked \r\nX: \r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: \r\n\r\n",
                "GET http://A/b?c HTTP/1.1\r\nHost: a:80\r\nConnection: close, X-One,, TE\r\nx-one: 1\r\nX-Two: 2\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\nrest",
                "BREW / HTTP/1.1\r\nHost: [::1]:80\r\nX: caf\u00e9\r\n\r\n");
    }

    static List<String> goodResponses() {
        return List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.0 404 Not Found\r\nX: 1\r\n\r\n",
                "HTTP/1.1 204\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nKeep-Alive: timeout=5\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    }
}
