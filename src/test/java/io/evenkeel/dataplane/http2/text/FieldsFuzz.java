package io.evenkeel.dataplane.http2.text;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.OtherParser;
import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http2.hpack.HpackDecoder;
import io.evenkeel.dataplane.http2.hpack.HpackException;
import java.lang.foreign.ValueLayout;

/**
 * A client's block of fields: what becomes text is for every reader of HTTP/1.1 one head, or refused by our own. The
 * first byte says whether content is to follow.
 */
public final class FieldsFuzz {

    private static final int OPTIONS = 1;
    private static final int MAX_INPUT = 64 << 10;
    private static final BlockPool BLOCKS = new BlockPool(1 << 20);
    private static final RequestText TEXT = new RequestText(new Block(BlockPool.LARGE));

    private FieldsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= OPTIONS || input.length > MAX_INPUT) {
            return;
        }
        boolean hasBody = (input[0] & 1) != 0;
        var decoder = new HpackDecoder(new HpackDecoder.Scratch(), 32 << 10);
        TEXT.begin(false);
        try {
            decoder.decode(input, OPTIONS, input.length, TEXT);
        } catch (HpackException cut) {
            return;
        }
        TEXT.end(hasBody);
        if (!TEXT.isMalformed() && !decoder.isTooLarge()) {
            requireOneHead(TEXT.text());
        }
    }

    private static void requireOneHead(Block text) {
        var bytes = text.filled();
        var told = Claims.text(bytes.toArray(ValueLayout.JAVA_BYTE));
        var head = new RequestHead(BLOCKS);
        try {
            int end = head.read(bytes, 0, text.size());
            Claims.that(head.isComplete() && end == text.size(), "The text is not one head", told);
        } catch (RefusedException refused) {
            return;
        } finally {
            head.clear();
        }
        var seen = OtherParser.requests(
                Claims.bytes(told + (TEXT.contentLength() < 0 && told.contains("chunked\r\n\r\n") ? "0\r\n\r\n" : "")));
        Claims.that(seen.complete().size() <= 1, "Others see more than one request", told);
    }
}
