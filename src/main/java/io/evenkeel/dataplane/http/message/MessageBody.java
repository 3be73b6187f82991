package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;

/** Finds the end of a body in bytes that come in any pieces. Reused from message to message. */
public final class MessageBody {

    /** How the end of a body is found: RFC 9112 §6.3. */
    public enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        /** Responses only: up to the end of the connection. */
        UNTIL_CLOSE
    }

    private final ChunkedBody chunks = new ChunkedBody();
    private Kind kind = Kind.NONE;
    private long remaining;

    /**
     * Begins a new body.
     *
     * @param length in bytes, of a body of kind {@link Kind#LENGTH}
     */
    public void begin(Kind kind, long length) {
        this.kind = kind;
        this.remaining = kind == Kind.LENGTH ? length : 0;
        if (kind == Kind.CHUNKED) {
            chunks.begin();
        }
    }

    public Kind kind() {
        return kind;
    }

    public boolean isDone() {
        return switch (kind) {
            case NONE -> true;
            case LENGTH -> remaining == 0;
            case CHUNKED -> chunks.isDone();
            case UNTIL_CLOSE -> false;
        };
    }

    /** How many bytes are still to come, for a body whose length is known; else 0. */
    public long remaining() {
        return remaining;
    }

    /** These bytes came and were not shown. */
    public void skip(long count) {
        if (count > remaining) {
            throw new IllegalArgumentException(count + " bytes, but only " + remaining + " belong to the body");
        }
        remaining -= count;
    }

    /** Reads on as long as it all goes on, or all does not ({@link #goesOn}); returns the index after it. */
    public int read(MemorySegment bytes, int from, int to) throws RefusedException {
        int at = from;
        do {
            at = nextRun(bytes, at, to);
        } while (at < to && goesOn() && !isDone() && !(kind == Kind.CHUNKED && chunks.isBeforeExtension()));
        return at;
    }

    /** Reads one run that is all content, all framing or all chunk extensions; returns the index after it. */
    public int nextRun(MemorySegment bytes, int from, int to) throws RefusedException {
        return switch (kind) {
            case NONE -> from;
            case LENGTH -> {
                int run = (int) Math.min(remaining, to - from);
                remaining -= run;
                yield from + run;
            }
            case CHUNKED -> chunks.nextRun(bytes, from, to);
            case UNTIL_CLOSE -> to;
        };
    }

    /** Whether what was read last belongs to the message as it is forwarded: chunk extensions do not. */
    public boolean goesOn() {
        return kind != Kind.CHUNKED || !chunks.isExtension();
    }

    /** Whether the last run was trailers, with or without the empty line that ends the body. */
    public boolean isTrailers() {
        return kind == Kind.CHUNKED && chunks.isTrailers();
    }

    /** Whether the last run was content. */
    public boolean isData() {
        return kind != Kind.CHUNKED || chunks.isData();
    }
}
