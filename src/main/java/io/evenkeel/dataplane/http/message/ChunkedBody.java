package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;

/**
 * Follows a chunked body (RFC 9112 §7.1) to its exact end: sizes of hexadecimal digits only, CRLF everywhere, trailers
 * bounded and free of fields that belong into a head. Chunk extensions are checked, but end here: nobody behind has to
 * understand them as this reader does.
 */
final class ChunkedBody {

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_TRAILER_BYTES = 8 * 1024;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        DONE
    }

    /** Longer than every name that is looked for. */
    private final byte[] name = new byte[32];

    private final ChunkExtension extension = new ChunkExtension();

    private State state = State.DONE;
    private long size;
    private int digits;
    private int nameLength;
    private int trailerBytes;
    private boolean isData;
    private boolean isExtension;
    private boolean isTrailers;

    void begin() {
        beginSize();
        trailerBytes = 0;
    }

    private void beginSize() {
        state = State.SIZE;
        size = 0;
        digits = 0;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether the last run was content, not framing. */
    boolean isData() {
        return isData;
    }

    /** Whether the last run was extensions, which do not go on. */
    boolean isExtension() {
        return isExtension;
    }

    /** Whether the last run was trailers, with or without the empty line that ends the body. */
    boolean isTrailers() {
        return isTrailers;
    }

    /** Whether the next run will be extensions. */
    boolean isBeforeExtension() {
        return state == State.EXTENSION;
    }

    /** Reads one run of content, of extensions, or of framing up to either; returns the index after it. */
    int nextRun(MemorySegment bytes, int from, int to) throws RefusedException {
        isData = state == State.DATA;
        isExtension = false;
        isTrailers = isAtTrailers();
        if (isData) {
            int run = (int) Math.min(size, to - from);
            size -= run;
            state = size == 0 ? State.DATA_CR : State.DATA;
            return from + run;
        }
        int at = framing(bytes, from, to);
        if (at > from || state != State.EXTENSION) {
            return at;
        }
        at = extension(bytes, from, to);
        isExtension = at > from;
        return isExtension ? at : framing(bytes, from, to);
    }

    private boolean isAtTrailers() {
        return state.compareTo(State.TRAILER_START) >= 0 && state != State.DONE;
    }

    private int framing(MemorySegment bytes, int from, int to) throws RefusedException {
        int at = from;
        while (at < to
                && state != State.DATA
                && state != State.EXTENSION
                && state != State.DONE
                && isTrailers == isAtTrailers()) {
            int c = Ascii.at(bytes, at);
            if (c == ';' && state == State.SIZE && digits > 0) {
                extension.begin();
                state = State.EXTENSION;
            } else {
                step(c);
                at++;
            }
        }
        return at;
    }

    /** Up to the CR behind the extensions, which is framing again. */
    private int extension(MemorySegment bytes, int from, int to) throws RefusedException {
        int at = from;
        while (at < to && extension.takes(Ascii.at(bytes, at))) {
            at++;
        }
        if (at < to) {
            state = State.SIZE;
        }
        return at;
    }

    private void step(int c) throws RefusedException {
        switch (state) {
            case SIZE -> size(c);
            case SIZE_LF -> require(c, Ascii.LF, size == 0 ? State.TRAILER_START : State.DATA);
            case DATA_CR -> require(c, Ascii.CR, State.DATA_LF);
            case DATA_LF -> {
                require(c, Ascii.LF, State.SIZE);
                beginSize();
            }
            case TRAILER_START -> trailerStart(c);
            case TRAILER_NAME -> trailerName(c);
            case TRAILER_VALUE -> trailerValue(c);
            case TRAILER_LF -> require(countTrailer(c), Ascii.LF, State.TRAILER_START);
            case END_LF -> require(c, Ascii.LF, State.DONE);
            case DATA, EXTENSION, DONE -> {}
        }
    }

    private void require(int c, int expected, State next) throws RefusedException {
        if (c != expected) {
            throw RefusedException.malformed("bad chunk framing");
        }
        state = next;
    }

    private void size(int c) throws RefusedException {
        int digit = Ascii.hexDigit(c);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            size = size << 4 | digit;
            digits++;
        } else if (c == Ascii.CR && digits > 0) {
            state = State.SIZE_LF;
        } else {
            throw RefusedException.malformed("bad chunk size");
        }
    }

    private int countTrailer(int c) throws RefusedException {
        if (++trailerBytes > MAX_TRAILER_BYTES) {
            throw RefusedException.malformed("trailers too large");
        }
        return c;
    }

    private void trailerStart(int c) throws RefusedException {
        if (c == Ascii.CR) {
            state = State.END_LF;
            return;
        }
        nameLength = 0;
        state = State.TRAILER_NAME;
        trailerName(c);
    }

    private void trailerName(int c) throws RefusedException {
        countTrailer(c);
        if (c == ':' && nameLength > 0) {
            refuseHeadField();
            state = State.TRAILER_VALUE;
        } else if (Ascii.isToken(c)) {
            if (nameLength < name.length) {
                name[nameLength] = (byte) c;
            }
            nameLength++;
        } else {
            throw RefusedException.malformed("bad trailer");
        }
    }

    /** RFC 9110 §6.5.1: framing, routing and connection fields never come late. */
    private void refuseHeadField() throws RefusedException {
        if (nameLength <= name.length && KnownField.of(name, nameLength) != KnownField.OTHER) {
            throw RefusedException.malformed("trailer that belongs into the head");
        }
    }

    private void trailerValue(int c) throws RefusedException {
        countTrailer(c);
        if (c == Ascii.CR) {
            state = State.TRAILER_LF;
        } else if (!Ascii.isText(c)) {
            throw RefusedException.malformed("bad trailer");
        }
    }
}
