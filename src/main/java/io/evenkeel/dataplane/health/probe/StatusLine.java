package io.evenkeel.dataplane.health.probe;

import java.nio.ByteBuffer;

/** Reads the status line of an HTTP/1 response (RFC 9112 section 4). The reason phrase and its space may be missing. */
final class StatusLine {

    /** More bytes are needed. */
    static final int INCOMPLETE = -2;
    /** What came is no status line. */
    static final int MALFORMED = -1;

    private static final String PREFIX = "HTTP/1.";
    private static final int CODE_END = "HTTP/1.1 200".length();

    private StatusLine() {}

    /**
     * @param bytes what was read so far, from 0 to {@code length}
     * @return the code 100..999, {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    static int parse(ByteBuffer bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes.get(i);
            if (i >= CODE_END && b == '\r') {
                return endsHere(bytes, i + 1, length);
            }
            if (!isAllowedAt(i, b)) {
                return MALFORMED;
            }
        }
        return INCOMPLETE;
    }

    private static int endsHere(ByteBuffer bytes, int newline, int length) {
        if (newline >= length) {
            return INCOMPLETE;
        }
        if (bytes.get(newline) != '\n') {
            return MALFORMED;
        }
        int code = 0;
        for (int i = CODE_END - 3; i < CODE_END; i++) {
            code = code * 10 + bytes.get(i) - '0';
        }
        return code < 100 ? MALFORMED : code;
    }

    private static boolean isAllowedAt(int i, byte b) {
        if (i < PREFIX.length()) {
            return b == PREFIX.charAt(i);
        } else if (i == PREFIX.length()) {
            return b == '0' || b == '1';
        } else if (i == PREFIX.length() + 1 || i == CODE_END) {
            return b == ' ';
        } else if (i < CODE_END) {
            return b >= '0' && b <= '9';
        }
        // Reason phrase: tab, space, visible and obs-text bytes (the latter are negative).
        return b == '\t' || (b >= ' ' && b != 0x7f) || b < 0;
    }
}
