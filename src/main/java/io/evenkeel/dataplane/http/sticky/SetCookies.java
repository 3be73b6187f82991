package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.message.Ascii;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.ResponseHead;
import java.lang.foreign.MemorySegment;

/** Finds what a response sets a cookie to (RFC 6265 §5.2): of several the last one, as clients take them. */
final class SetCookies {

    private int start;
    private int end;

    /** False when it sets none of that name, or to nothing. */
    boolean find(ResponseHead head, byte[] name) {
        end = 0;
        start = 0;
        for (int field = head.next(KnownField.SET_COOKIE, -1);
                field >= 0;
                field = head.next(KnownField.SET_COOKIE, field)) {
            look(head.bytes(), head.valueStart(field), head.valueEnd(field), name);
        }
        return end > start;
    }

    private void look(MemorySegment bytes, int from, int to, byte[] name) {
        int pairEnd = trimmed(bytes, from, Ascii.indexOf(bytes, from, to, ';'));
        int nameEnd = Ascii.indexOf(bytes, from, pairEnd, '=');
        if (nameEnd == pairEnd || !Ascii.equals(bytes, from, trimmed(bytes, from, nameEnd), name)) {
            return;
        }
        start = nameEnd + 1;
        end = pairEnd;
        while (start < end && Ascii.isSpace(Ascii.at(bytes, start))) {
            start++;
        }
        if (end - start > 1 && Ascii.at(bytes, start) == '"' && Ascii.at(bytes, end - 1) == '"') {
            start++;
            end--;
        }
    }

    private static int trimmed(MemorySegment bytes, int from, int to) {
        int end = to;
        while (end > from && Ascii.isSpace(Ascii.at(bytes, end - 1))) {
            end--;
        }
        return end;
    }

    /** Of the value, without quotes. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
