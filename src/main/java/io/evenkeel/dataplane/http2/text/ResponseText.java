package io.evenkeel.dataplane.http2.text;

import static io.evenkeel.dataplane.http2.text.RequestText.ascii;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http2.hpack.FieldSink;

/** Turns the fields of a response, or of its trailers, into the text of HTTP/1.1. Reused from block to block. */
public final class ResponseText implements FieldSink {

    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final byte[] COLON = ascii(": ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] STATUS_END = ascii(" \r\n");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] EMPTY = ascii("content-length: 0\r\n");

    private final Block out;
    private boolean isTrailers;
    private boolean isMalformed;
    private int status;
    private long contentLength;

    /** @param out where the text goes, large enough for all that may come */
    public ResponseText(Block out) {
        this.out = out;
    }

    public void begin(boolean isTrailers) {
        this.isTrailers = isTrailers;
        out.clear();
        isMalformed = false;
        status = 0;
        contentLength = -1;
    }

    /**
     * All fields came.
     *
     * @param hasBody whether content or trailers are to follow a head
     */
    public void end(boolean hasBody, boolean answersHead) {
        if (isTrailers) {
            return;
        }
        if (status == 0 || (hasBody && isInterim() && contentLength >= 0)) {
            isMalformed = true;
        }
        boolean mayHaveBody = !isInterim() && status != 204 && status != 304 && !answersHead;
        if (mayHaveBody && contentLength < 0) {
            out.append(hasBody ? CHUNKED : EMPTY);
        } else if (mayHaveBody && !hasBody && contentLength > 0) {
            isMalformed = true;
        }
        out.append(LINE_END);
    }

    public boolean isMalformed() {
        return isMalformed;
    }

    /** Whether another head is to follow: RFC 9110 §15.2. */
    public boolean isInterim() {
        return status < 200;
    }

    /** Whether whoever reads the head expects no content. */
    public boolean isBodiless(boolean answersHead) {
        return answersHead || status == 204 || status == 304;
    }

    /** A whole head, or lines of trailers without the empty one. */
    public Block text() {
        return out;
    }

    /** -1 without: then content is to be passed on in chunks. */
    public long contentLength() {
        return contentLength;
    }

    @Override
    public void field(byte[] name, int nameLength, byte[] value, int valueLength) {
        if (isMalformed) {
            return;
        }
        var known = FieldName.of(name, nameLength);
        if (nameLength > 0 && name[0] == ':') {
            pseudo(known, value, valueLength);
        } else if (!FieldBytes.isName(name, nameLength)
                || !FieldBytes.isValue(value, valueLength)
                || known.isOfConnection()) {
            isMalformed = true;
        } else {
            regular(known, name, nameLength, value, valueLength);
        }
    }

    private void pseudo(FieldName known, byte[] value, int length) {
        long code = FieldBytes.number(value, length);
        if (known != FieldName.STATUS || status != 0 || isTrailers || length != 3 || code < 100 || code == 101) {
            isMalformed = true;
            return;
        }
        status = (int) code;
        out.append(VERSION).append(value, length).append(STATUS_END);
    }

    private void regular(FieldName known, byte[] name, int nameLength, byte[] value, int length) {
        if (status == 0 && !isTrailers) {
            isMalformed = true;
            return;
        }
        if (known == FieldName.CONTENT_LENGTH) {
            long said = FieldBytes.number(value, length);
            isMalformed |= said < 0 || contentLength >= 0 || isTrailers;
            contentLength = said;
        }
        out.append(name, nameLength).append(COLON).append(value, length).append(LINE_END);
    }
}
