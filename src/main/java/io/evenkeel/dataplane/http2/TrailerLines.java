package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http2.hpack.HpackEncoder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Trailers as a reader of chunked content has let them pass: lines of a name, a colon and a value, each with its end. */
final class TrailerLines {

    private TrailerLines() {}

    static void encode(Block lines, HpackEncoder encoder, Block out) {
        var bytes = lines.segment();
        int at = 0;
        while (at < lines.size() && at(bytes, at) != '\r') {
            int colon = indexOf(bytes, at, lines.size(), ':');
            int end = indexOf(bytes, colon, lines.size(), '\r');
            int start = colon + 1;
            int last = end;
            while (start < last && isSpace(at(bytes, start))) {
                start++;
            }
            while (last > start && isSpace(at(bytes, last - 1))) {
                last--;
            }
            encoder.field(bytes, at, colon, start, last, out);
            at = end + 2;
        }
    }

    private static int indexOf(MemorySegment bytes, int from, int to, char wanted) {
        int at = from;
        while (at < to && at(bytes, at) != wanted) {
            at++;
        }
        return at;
    }

    private static byte at(MemorySegment bytes, int index) {
        return bytes.get(ValueLayout.JAVA_BYTE, index);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}
