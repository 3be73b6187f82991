package io.evenkeel.dataplane.http.message;

/**
 * The extensions of one chunk: RFC 9112 §7.1.1, without bad white space. A quoted value holds no line end, so that every
 * reader agrees where the line ends.
 */
final class ChunkExtension {

    private static final int MAX_BYTES = 1024;

    private enum State {
        NAME_START,
        NAME,
        VALUE_START,
        TOKEN,
        QUOTED,
        ESCAPED,
        AFTER_QUOTED
    }

    private State state = State.NAME_START;
    private int size;

    /** Before the first semicolon. */
    void begin() {
        state = State.AFTER_QUOTED;
        size = 0;
    }

    /** Reads one byte; false at the CR that ends the line, which is not read. */
    boolean takes(int c) throws RefusedException {
        if (c == Ascii.CR && mayEnd()) {
            return false;
        }
        if (++size > MAX_BYTES) {
            throw RefusedException.malformed("chunk extensions too large");
        }
        state = after(c);
        return true;
    }

    private boolean mayEnd() {
        return state == State.NAME || state == State.TOKEN || state == State.AFTER_QUOTED;
    }

    private State after(int c) throws RefusedException {
        return switch (state) {
            case NAME_START -> only(Ascii.isToken(c), State.NAME);
            case NAME -> Ascii.isToken(c) ? State.NAME : c == '=' ? State.VALUE_START : next(c);
            case VALUE_START -> c == '"' ? State.QUOTED : only(Ascii.isToken(c), State.TOKEN);
            case TOKEN -> Ascii.isToken(c) ? State.TOKEN : next(c);
            case QUOTED -> c == '"' ? State.AFTER_QUOTED : c == '\\' ? State.ESCAPED : text(c);
            case ESCAPED -> text(c);
            case AFTER_QUOTED -> next(c);
        };
    }

    private static State next(int c) throws RefusedException {
        return only(c == ';', State.NAME_START);
    }

    private static State text(int c) throws RefusedException {
        return only(Ascii.isText(c), State.QUOTED);
    }

    private static State only(boolean isAllowed, State next) throws RefusedException {
        if (!isAllowed) {
            throw RefusedException.malformed("bad chunk extension");
        }
        return next;
    }
}
