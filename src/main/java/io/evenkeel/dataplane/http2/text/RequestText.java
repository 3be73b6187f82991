package io.evenkeel.dataplane.http2.text;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http2.hpack.FieldSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the fields of a request, or of its trailers, into the text of HTTP/1.1. What could be read in more than one way
 * there, or is malformed by RFC 9113 §8.1.1, is told and never becomes text. Reused from block to block.
 */
public final class RequestText implements FieldSink {

    private static final byte[] HEAD = ascii("HEAD");
    private static final byte[] CONNECT = ascii("CONNECT");
    private static final byte[] OPTIONS = ascii("OPTIONS");
    private static final byte[] ASTERISK = ascii("*");
    private static final byte[] HTTP = ascii("http");
    private static final byte[] HTTPS = ascii("https");
    private static final byte[] TRAILERS = ascii("trailers");
    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST = ascii("host: ");
    private static final byte[] COOKIE = ascii("cookie: ");
    private static final byte[] CRUMB = ascii("; ");
    private static final byte[] COLON = ascii(": ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");

    private final Block out;
    private final FieldBytes method = new FieldBytes();
    private final FieldBytes scheme = new FieldBytes();
    private final FieldBytes path = new FieldBytes();
    private final FieldBytes authority = new FieldBytes();
    private final FieldBytes cookies = new FieldBytes();
    private boolean isTrailers;
    private boolean hasStartLine;
    private boolean hasHost;
    private boolean isMalformed;
    private long contentLength;

    /** @param out where the text goes, large enough for all that may come */
    public RequestText(Block out) {
        this.out = out;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public void begin(boolean isTrailers) {
        this.isTrailers = isTrailers;
        out.clear();
        method.clear();
        scheme.clear();
        path.clear();
        authority.clear();
        cookies.clear();
        hasStartLine = isTrailers;
        hasHost = false;
        isMalformed = false;
        contentLength = -1;
    }

    /**
     * All fields came.
     *
     * @param hasBody whether content or trailers are to follow a head
     */
    public void end(boolean hasBody) {
        if (!hasStartLine) {
            startLine();
        }
        if (cookies.isSet()) {
            out.append(COOKIE);
            cookies.appendTo(out);
            out.append(LINE_END);
        }
        if (isTrailers) {
            return;
        }
        if (!hasBody && contentLength > 0) {
            isMalformed = true;
        }
        if (hasBody && contentLength < 0) {
            out.append(CHUNKED);
        }
        out.append(LINE_END);
    }

    /** The request must not go anywhere. */
    public boolean isMalformed() {
        return isMalformed;
    }

    /** A whole head, or lines of trailers without the empty one. */
    public Block text() {
        return out;
    }

    /** -1 without: then content is to be sent in chunks. */
    public long contentLength() {
        return contentLength;
    }

    public boolean isHead() {
        return method.is(HEAD, HEAD.length);
    }

    @Override
    public void field(byte[] name, int nameLength, byte[] value, int valueLength) {
        if (isMalformed) {
            return;
        }
        var known = FieldName.of(name, nameLength);
        if (nameLength > 0 && name[0] == ':') {
            pseudo(known, value, valueLength);
        } else if (!FieldBytes.isName(name, nameLength) || !FieldBytes.isValue(value, valueLength)) {
            isMalformed = true;
        } else {
            regular(known, name, nameLength, value, valueLength);
        }
    }

    private void pseudo(FieldName known, byte[] value, int length) {
        if (hasStartLine) {
            isMalformed = true;
            return;
        }
        switch (known) {
            case METHOD -> set(method, value, length, FieldBytes.isToken(value, length));
            case SCHEME -> set(scheme, value, length, isScheme(value, length));
            case PATH -> set(path, value, length, FieldBytes.isVisible(value, length));
            case AUTHORITY -> set(authority, value, length, length == 0 || FieldBytes.isVisible(value, length));
            default -> isMalformed = true;
        }
    }

    private static boolean isScheme(byte[] value, int length) {
        return is(value, length, HTTPS) || is(value, length, HTTP);
    }

    private static boolean is(byte[] value, int length, byte[] expected) {
        return Arrays.equals(value, 0, length, expected, 0, expected.length);
    }

    private void set(FieldBytes field, byte[] value, int length, boolean isAllowed) {
        isMalformed |= field.isSet() || !isAllowed;
        field.set(value, length);
    }

    private void regular(FieldName known, byte[] name, int nameLength, byte[] value, int length) {
        if (!hasStartLine) {
            startLine();
        }
        switch (known) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> isMalformed = true;
            // RFC 9113 §8.2.2; between us and a member it is not our client's to say.
            case TE -> isMalformed |= !is(value, length, TRAILERS);
            case HOST -> host(value, length);
            case COOKIE -> crumb(value, length);
            case CONTENT_LENGTH -> contentLength(name, nameLength, value, length);
            case METHOD, SCHEME, PATH, AUTHORITY, STATUS, OTHER -> line(name, nameLength, value, length);
        }
    }

    private void line(byte[] name, int nameLength, byte[] value, int length) {
        out.append(name, nameLength).append(COLON).append(value, length).append(LINE_END);
    }

    /** RFC 9113 §8.3.1: the authority goes first, and nothing else may be said beside it. */
    private void host(byte[] value, int length) {
        if (authority.length() > 0) {
            isMalformed |= !authority.is(value, length);
        } else {
            isMalformed |= hasHost || isTrailers;
            hasHost = true;
            out.append(HOST).append(value, length).append(LINE_END);
        }
    }

    /** RFC 9113 §8.2.3: HTTP/1.1 has one field for all of them. */
    private void crumb(byte[] value, int length) {
        if (cookies.isSet()) {
            cookies.add(CRUMB, CRUMB.length);
        }
        cookies.add(value, length);
    }

    private void contentLength(byte[] name, int nameLength, byte[] value, int length) {
        long said = FieldBytes.number(value, length);
        if (said < 0 || contentLength >= 0 || isTrailers) {
            isMalformed = true;
            return;
        }
        contentLength = said;
        line(name, nameLength, value, length);
    }

    private void startLine() {
        hasStartLine = true;
        boolean isConnect = method.is(CONNECT, CONNECT.length);
        if (!method.isSet() || (!isConnect && !hasTarget())) {
            isMalformed = true;
            return;
        }
        method.appendTo(out);
        out.append(' ');
        if (isConnect) {
            // Refused for what it is by whoever reads it.
            out.append(ASTERISK);
        } else {
            path.appendTo(out);
        }
        out.append(VERSION);
        if (authority.length() > 0) {
            out.append(HOST);
            authority.appendTo(out);
            out.append(LINE_END);
        }
    }

    private boolean hasTarget() {
        return scheme.isSet()
                && path.isSet()
                && (path.startsWith('/') || (path.is(ASTERISK, ASTERISK.length) && method.is(OPTIONS, OPTIONS.length)));
    }
}
