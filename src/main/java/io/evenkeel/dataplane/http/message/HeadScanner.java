package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;

/**
 * Reads a head byte by byte, however it is split: start line, fields, empty line (RFC 9112 §2.1). Refuses at the first
 * byte that cannot belong there, a bare CR or LF, a folded line, white space before a colon, and too much of all.
 */
final class HeadScanner {

    static final int MAX_BYTES = 32 * 1024;

    private enum State {
        START,
        LEADING_LF,
        START_LINE,
        START_LINE_LF,
        FIELD_START,
        NAME,
        VALUE_START,
        VALUE,
        VALUE_LF,
        END_LF,
        COMPLETE
    }

    private final boolean isRequest;
    private final FieldTable fields = new FieldTable();
    private State state = State.START;
    private int size;
    private int lineStart;
    private int lineEnd;

    HeadScanner(boolean isRequest) {
        this.isRequest = isRequest;
    }

    void clear() {
        state = State.START;
        size = 0;
        fields.clear();
    }

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Bytes read since the head's first. */
    int size() {
        return size;
    }

    /** Where the start line begins: an empty line may stand before it. */
    int lineStart() {
        return lineStart;
    }

    int lineEnd() {
        return lineEnd;
    }

    FieldTable fields() {
        return fields;
    }

    /** Reads on. Returns the index after the last byte that belongs to the head. */
    int scan(MemorySegment bytes, int from, int to) throws RefusedException {
        int limit = Math.min(to, from + MAX_BYTES - size);
        int origin = from - size;
        int at = from;
        while (at < limit && state != State.COMPLETE) {
            at = step(bytes, at, limit, origin);
        }
        size = at - origin;
        if (size == MAX_BYTES && state != State.COMPLETE) {
            // RFC 9112 §3: it is the target that is too long.
            throw state == State.START_LINE
                    ? new RefusedException(414, "start line too long")
                    : new RefusedException(431, "head too large");
        }
        return at;
    }

    private int step(MemorySegment bytes, int at, int limit, int origin) throws RefusedException {
        return switch (state) {
            case START -> start(bytes, at, origin);
            case LEADING_LF -> lineFeed(bytes, at, State.START_LINE, origin);
            case START_LINE -> startLine(bytes, at, limit, origin);
            case START_LINE_LF, VALUE_LF -> lineFeed(bytes, at, State.FIELD_START, origin);
            case FIELD_START -> {
                int next = plainLines(bytes, at, limit, origin);
                yield next < limit ? fieldStart(bytes, next, origin) : next;
            }
            case NAME -> name(bytes, at, limit, origin);
            case VALUE_START -> valueStart(bytes, at, limit, origin);
            case VALUE -> value(bytes, at, limit, origin);
            case END_LF -> lineFeed(bytes, at, State.COMPLETE, origin);
            case COMPLETE -> at;
        };
    }

    private int start(MemorySegment bytes, int at, int origin) {
        lineStart = at - origin;
        // RFC 9112 §2.2: one empty line before a request is ignored.
        if (isRequest && Ascii.at(bytes, at) == Ascii.CR) {
            state = State.LEADING_LF;
            return at + 1;
        }
        state = State.START_LINE;
        return at;
    }

    private int lineFeed(MemorySegment bytes, int at, State next, int origin) throws RefusedException {
        if (Ascii.at(bytes, at) != Ascii.LF) {
            throw RefusedException.malformed("CR without LF");
        }
        if (state == State.LEADING_LF) {
            lineStart = at + 1 - origin;
        }
        state = next;
        return at + 1;
    }

    private int startLine(MemorySegment bytes, int from, int limit, int origin) throws RefusedException {
        int at = isRequest ? Ascii.endOfPrintable(bytes, from, limit) : Ascii.endOfText(bytes, from, limit);
        if (at == limit) {
            return limit;
        }
        lineEnd = at - origin;
        if (Ascii.at(bytes, at) != Ascii.CR || lineEnd == lineStart) {
            throw RefusedException.malformed("bad start line");
        }
        state = State.START_LINE_LF;
        return at + 1;
    }

    /**
     * Takes whole lines of the usual form, without going through the states; returns where the first other one begins.
     * Refuses nothing: whatever is not plain, or not here to its end, is left to the states.
     */
    private int plainLines(MemorySegment bytes, int from, int limit, int origin) {
        int at = from;
        while (!fields.isFull()) {
            int colon = at;
            while (colon < limit && Ascii.isToken(Ascii.at(bytes, colon))) {
                colon++;
            }
            int value = colon + 2;
            if (colon == at || value >= limit || Ascii.at(bytes, colon) != ':' || Ascii.at(bytes, colon + 1) != ' ') {
                break;
            }
            int end = Ascii.endOfText(bytes, value, limit);
            if (Ascii.isSpace(Ascii.at(bytes, value))
                    || end + 2 > limit
                    || Ascii.at(bytes, end) != Ascii.CR
                    || Ascii.at(bytes, end + 1) != Ascii.LF) {
                break;
            }
            fields.begin(at - origin);
            fields.endName(colon - origin);
            fields.beginValue(value - origin);
            fields.endValue(end - origin);
            at = end + 2;
        }
        return at;
    }

    private int fieldStart(MemorySegment bytes, int at, int origin) throws RefusedException {
        int c = Ascii.at(bytes, at);
        if (c == Ascii.CR) {
            state = State.END_LF;
            return at + 1;
        }
        if (Ascii.isSpace(c)) {
            throw RefusedException.malformed("folded line");
        }
        if (fields.isFull()) {
            throw new RefusedException(431, "too many fields");
        }
        fields.begin(at - origin);
        state = State.NAME;
        return at;
    }

    private int name(MemorySegment bytes, int from, int limit, int origin) throws RefusedException {
        for (int at = from; at < limit; at++) {
            int c = Ascii.at(bytes, at);
            if (Ascii.isToken(c)) {
                continue;
            }
            if (c != ':' || at - origin == fields.nameStart(fields.count() - 1)) {
                throw RefusedException.malformed("bad field name");
            }
            fields.endName(at - origin);
            state = State.VALUE_START;
            return at + 1;
        }
        return limit;
    }

    private int valueStart(MemorySegment bytes, int from, int limit, int origin) {
        int at = from;
        while (at < limit && Ascii.isSpace(Ascii.at(bytes, at))) {
            at++;
        }
        if (at < limit) {
            fields.beginValue(at - origin);
            state = State.VALUE;
        }
        return at;
    }

    private int value(MemorySegment bytes, int from, int limit, int origin) throws RefusedException {
        int at = Ascii.endOfText(bytes, from, limit);
        if (at == limit) {
            return limit;
        }
        if (Ascii.at(bytes, at) != Ascii.CR) {
            throw RefusedException.malformed("bad field value");
        }
        fields.endValue(at - origin);
        state = State.VALUE_LF;
        return at + 1;
    }
}
