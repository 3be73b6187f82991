package io.evenkeel.dataplane.http2.hpack;

import java.util.Arrays;

/** The fields that both sides know from the beginning: RFC 7541 Appendix A. */
final class StaticTable {

    static final int SIZE = 61;
    static final int NONE = 0;
    /** No name of the table is longer. */
    static final int MAX_NAME = 27;

    private static final int SLOTS = 256;

    private static final String[] FIELDS = {
        ":authority",
        ":method GET",
        ":method POST",
        ":path /",
        ":path /index.html",
        ":scheme http",
        ":scheme https",
        ":status 200",
        ":status 204",
        ":status 206",
        ":status 304",
        ":status 400",
        ":status 404",
        ":status 500",
        "accept-charset",
        "accept-encoding gzip, deflate",
        "accept-language",
        "accept-ranges",
        "accept",
        "access-control-allow-origin",
        "age",
        "allow",
        "authorization",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-range",
        "content-type",
        "cookie",
        "date",
        "etag",
        "expect",
        "expires",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "last-modified",
        "link",
        "location",
        "max-forwards",
        "proxy-authenticate",
        "proxy-authorization",
        "range",
        "referer",
        "refresh",
        "retry-after",
        "server",
        "set-cookie",
        "strict-transport-security",
        "transfer-encoding",
        "user-agent",
        "vary",
        "via",
        "www-authenticate"
    };

    private static final Field[] ENTRIES = entries();
    /** The first index of each name, by its hash. */
    private static final int[] BY_NAME = byName();

    private StaticTable() {}

    private static Field[] entries() {
        return Arrays.stream(FIELDS)
                .map(text -> {
                    int space = text.indexOf(' ');
                    return space < 0
                            ? Field.of(text, "")
                            : Field.of(text.substring(0, space), text.substring(space + 1));
                })
                .toArray(Field[]::new);
    }

    private static int[] byName() {
        var slots = new int[SLOTS];
        for (int index = SIZE; index >= 1; index--) {
            var name = get(index).name();
            int slot = slot(name, name.length);
            while (slots[slot] != NONE && !Arrays.equals(get(slots[slot]).name(), name)) {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = index;
        }
        return slots;
    }

    /** @param index 1 to {@link #SIZE} */
    static Field get(int index) {
        return ENTRIES[index - 1];
    }

    /** The first index of that name in lower case, or {@link #NONE}. */
    static int find(byte[] name, int length) {
        for (int slot = slot(name, length); BY_NAME[slot] != NONE; slot = (slot + 1) % SLOTS) {
            var known = get(BY_NAME[slot]).name();
            if (Arrays.equals(known, 0, known.length, name, 0, length)) {
                return BY_NAME[slot];
            }
        }
        return NONE;
    }

    private static int slot(byte[] name, int length) {
        return length == 0 ? 0 : (length * 31 + name[0] * 7 + name[length - 1] * 5 + name[length / 2]) & (SLOTS - 1);
    }
}
