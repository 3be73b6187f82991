package io.evenkeel.dataplane.http2.text;

import java.util.Arrays;

/** The names that mean something other in HTTP/2 than in HTTP/1.1, or nothing there. */
enum FieldName {
    /** Those of a connection, which a stream has none of: RFC 9113 §8.2.2. */
    CONNECTION("connection"),
    KEEP_ALIVE("keep-alive"),
    PROXY_CONNECTION("proxy-connection"),
    TRANSFER_ENCODING("transfer-encoding"),
    UPGRADE("upgrade"),
    TE("te"),
    HOST("host"),
    COOKIE("cookie"),
    CONTENT_LENGTH("content-length"),
    METHOD(":method"),
    SCHEME(":scheme"),
    PATH(":path"),
    AUTHORITY(":authority"),
    STATUS(":status"),
    OTHER("");

    private static final int LONGEST = 17;
    private static final FieldName[][] BY_LENGTH = byLength();

    private final String name;

    FieldName(String name) {
        this.name = name;
    }

    private static FieldName[][] byLength() {
        var table = new FieldName[LONGEST + 1][];
        for (int length = 0; length <= LONGEST; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(field -> wanted > 0 && field.name.length() == wanted)
                    .toArray(FieldName[]::new);
        }
        return table;
    }

    static FieldName of(byte[] name, int length) {
        if (length <= LONGEST) {
            for (var candidate : BY_LENGTH[length]) {
                if (candidate.is(name)) {
                    return candidate;
                }
            }
        }
        return OTHER;
    }

    /** The other is as long. */
    private boolean is(byte[] other) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != other[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isOfConnection() {
        return compareTo(UPGRADE) <= 0;
    }
}
