package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.message.Ascii;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.RequestHead;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the cookies of a request, over all its Cookie fields (RFC 6265 §4.2.1). Names count by their exact bytes,
 * values may stand in quotes; what is no pair is passed over. Reused from request to request; reads each byte once.
 */
final class RequestCookies {

    private @Nullable RequestHead head;
    private MemorySegment bytes = MemorySegment.NULL;
    private int field;
    private int at;
    private int fieldEnd;
    private int keptEnd;
    private int start;
    private int end;
    private int nameEnd;
    private boolean isCut;

    void begin(RequestHead from) {
        head = from;
        bytes = from.bytes();
        field = -1;
        at = 0;
        fieldEnd = 0;
        keptEnd = -1;
        start = 0;
        end = 0;
        isCut = true;
    }

    /** Goes to the next cookie; false after the last one. */
    boolean next() {
        if (!isCut) {
            keptEnd = end;
        }
        isCut = false;
        while (at < fieldEnd || nextField()) {
            if (nextPair()) {
                return true;
            }
        }
        isCut = true;
        return false;
    }

    private boolean nextField() {
        var from = head;
        field = from == null ? -1 : from.next(KnownField.COOKIE, field);
        if (from == null || field < 0) {
            return false;
        }
        at = from.valueStart(field);
        fieldEnd = from.valueEnd(field);
        keptEnd = -1;
        return true;
    }

    private boolean nextPair() {
        start = skipSpaces(at, fieldEnd);
        end = Ascii.indexOf(bytes, start, fieldEnd, ';');
        at = end + 1;
        while (end > start && Ascii.isSpace(Ascii.at(bytes, end - 1))) {
            end--;
        }
        nameEnd = Ascii.indexOf(bytes, start, end, '=');
        if (nameEnd == end && end > start) {
            // Something that is no pair, but that the member may understand.
            keptEnd = end;
        }
        return nameEnd < end;
    }

    private int skipSpaces(int from, int limit) {
        int next = from;
        while (next < limit && Ascii.isSpace(Ascii.at(bytes, next))) {
            next++;
        }
        return next;
    }

    boolean isNamed(byte[] name) {
        return Ascii.equals(bytes, start, nameEnd, name);
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** Of the value, within its quotes if it has some. */
    int valueStart() {
        return isQuoted() ? nameEnd + 2 : nameEnd + 1;
    }

    int valueEnd() {
        return isQuoted() ? end - 1 : end;
    }

    private boolean isQuoted() {
        return end - nameEnd > 2 && Ascii.at(bytes, nameEnd + 1) == '"' && Ascii.at(bytes, end - 1) == '"';
    }

    /** Leaves the cookie out of what goes on to the member, and the whole field where nothing else is in it. */
    void cut() {
        isCut = true;
        int next = at;
        while (next < fieldEnd && (Ascii.isSpace(Ascii.at(bytes, next)) || Ascii.at(bytes, next) == ';')) {
            next++;
        }
        if (head == null) {
            return;
        }
        if (next < fieldEnd) {
            head.cut(start, next);
        } else if (keptEnd >= 0) {
            head.cut(keptEnd, fieldEnd);
        } else {
            head.drop(field);
        }
    }
}
