package io.evenkeel.dataplane.http2.hpack;

import io.evenkeel.dataplane.http.memory.Block;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Writes header blocks without a table of its own: whatever the static one has by index, the rest as it is. So an idle
 * connection keeps nothing, no field of one message shows in the length of another, and blocks may be written in any
 * order. For one thread at a time.
 */
public final class HpackEncoder {

    private static final int METHOD_GET = 2;
    private static final int METHOD_POST = 3;
    private static final int SCHEME_HTTP = 6;
    private static final int SCHEME_HTTPS = 7;
    private static final int STATUS_200 = 8;
    private static final int[] STATUSES = {200, 204, 206, 304, 400, 404, 500};

    private final byte[] name = new byte[StaticTable.MAX_NAME];
    private boolean mustResize;

    /** The peer allows a smaller table than it did: what we use is said in the next block (RFC 7541 §4.2). */
    public void tableLimited() {
        mustResize = true;
    }

    /** What has to stand at the beginning of a block. */
    public void begin(Block out) {
        if (mustResize) {
            mustResize = false;
            out.append((char) 0x20);
        }
    }

    /** @param status 100 to 999 */
    public void status(int status, Block out) {
        for (int i = 0; i < STATUSES.length; i++) {
            if (STATUSES[i] == status) {
                indexed(STATUS_200 + i, out);
                return;
            }
        }
        integer(0, 0x0f, STATUS_200, out);
        out.append((char) 3);
        out.append((char) ('0' + status / 100))
                .append((char) ('0' + status / 10 % 10))
                .append((char) ('0' + status % 10));
    }

    public void scheme(boolean isSecure, Block out) {
        indexed(isSecure ? SCHEME_HTTPS : SCHEME_HTTP, out);
    }

    public void method(MemorySegment bytes, int start, int end, Block out) {
        if (isAt(bytes, start, end, METHOD_GET)) {
            indexed(METHOD_GET, out);
        } else if (isAt(bytes, start, end, METHOD_POST)) {
            indexed(METHOD_POST, out);
        } else {
            named(METHOD_GET, bytes, start, end, out);
        }
    }

    private static boolean isAt(MemorySegment bytes, int start, int end, int index) {
        var value = StaticTable.get(index).value();
        return MemorySegment.mismatch(bytes, start, end, MemorySegment.ofArray(value), 0, value.length) < 0;
    }

    public void authority(MemorySegment bytes, int start, int end, Block out) {
        named(1, bytes, start, end, out);
    }

    public void path(MemorySegment bytes, int start, int end, Block out) {
        named(4, bytes, start, end, out);
    }

    private static void named(int index, MemorySegment bytes, int start, int end, Block out) {
        integer(0, 0x0f, index, out);
        integer(0, 0x7f, end - start, out);
        out.append(bytes, start, end);
    }

    /** Any field; its name is written in lower case. */
    public void field(MemorySegment bytes, int nameStart, int nameEnd, int start, int end, Block out) {
        int length = nameEnd - nameStart;
        int index = StaticTable.NONE;
        if (length <= StaticTable.MAX_NAME) {
            for (int i = 0; i < length; i++) {
                name[i] = lower(bytes.get(ValueLayout.JAVA_BYTE, nameStart + i));
            }
            index = StaticTable.find(name, length);
        }
        integer(0, 0x0f, index, out);
        if (index == StaticTable.NONE) {
            integer(0, 0x7f, length, out);
            for (int i = 0; i < length; i++) {
                out.append((char) lower(bytes.get(ValueLayout.JAVA_BYTE, nameStart + i)));
            }
        }
        integer(0, 0x7f, end - start, out);
        out.append(bytes, start, end);
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    private static void indexed(int index, Block out) {
        out.append((char) (0x80 | index));
    }

    private static void integer(int flags, int mask, int value, Block out) {
        if (value < mask) {
            out.append((char) (flags | value));
            return;
        }
        out.append((char) (flags | mask));
        int rest = value - mask;
        for (; rest > 0x7f; rest >>>= 7) {
            out.append((char) ((rest & 0x7f) | 0x80));
        }
        out.append((char) rest);
    }
}
