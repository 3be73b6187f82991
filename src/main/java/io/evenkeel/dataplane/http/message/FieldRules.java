package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;

/** What the fields of a head say about framing and the connection, refused where it is ambiguous (RFC 9112 §6, §9). */
final class FieldRules {

    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[] CLOSE = Ascii.bytes("close");
    private static final byte[] CONTINUE = Ascii.bytes("100-continue");
    private static final byte[] H2C = Ascii.bytes("h2c");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
    private static final byte[] UPGRADE = Ascii.bytes("upgrade");
    private static final int MAX_DIGITS = 18;
    private static final int MAX_OPTIONS = 16;

    private final ListReader list = new ListReader();
    long contentLength;
    boolean isChunked;
    boolean saysClose;
    boolean saysKeepAlive;
    boolean saysUpgrade;
    boolean expectsContinue;
    int host;
    int upgrade;
    private boolean upgradesToHttp2;

    private void clear() {
        contentLength = -1;
        isChunked = false;
        saysClose = false;
        saysKeepAlive = false;
        saysUpgrade = false;
        expectsContinue = false;
        host = -1;
        upgrade = -1;
        upgradesToHttp2 = false;
    }

    void apply(MemorySegment bytes, int base, FieldTable fields) throws RefusedException {
        clear();
        for (int field = 0; field < fields.count(); field++) {
            apply(bytes, base, fields, field);
        }
        if (isChunked && contentLength >= 0) {
            throw RefusedException.malformed("both Content-Length and Transfer-Encoding");
        }
    }

    private void apply(MemorySegment bytes, int base, FieldTable fields, int field) throws RefusedException {
        int start = base + fields.valueStart(field);
        int end = base + fields.valueEnd(field);
        switch (fields.known(field)) {
            case CONNECTION -> connection(bytes, base, fields, field);
            case CONTENT_LENGTH -> contentLength(bytes, start, end);
            case TRANSFER_ENCODING -> transferEncoding(bytes, start, end);
            case HOST -> host(field);
            case EXPECT -> expectsContinue |= Ascii.equalsIgnoringCase(bytes, start, end, CONTINUE);
            case UPGRADE -> upgrade(bytes, base, fields, field);
            case KEEP_ALIVE, TE, PROXY_FIELD, HTTP2_SETTINGS -> fields.drop(field);
            case COOKIE,
                    SET_COOKIE,
                    TRAILER,
                    X_FORWARDED_ELB_ID,
                    X_FORWARDED_ELB_IP,
                    X_FORWARDED_FOR,
                    X_FORWARDED_FOR_PORT,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_FORWARDED_PROTO,
                    X_FORWARDED_TLS_CERTIFICATE_ID,
                    X_FORWARDED_TLS_CIPHER,
                    X_FORWARDED_TLS_PROTOCOL,
                    X_REAL_IP,
                    OTHER -> {}
        }
    }

    /** Whether both sides may switch protocols; never to HTTP/2, which would carry requests past this parser. */
    boolean asksForUpgrade() {
        return saysUpgrade && upgrade >= 0 && !upgradesToHttp2;
    }

    private void host(int field) throws RefusedException {
        if (host >= 0) {
            throw RefusedException.malformed("duplicate Host");
        }
        host = field;
    }

    private void contentLength(MemorySegment bytes, int start, int end) throws RefusedException {
        if (contentLength >= 0) {
            throw RefusedException.malformed("duplicate Content-Length");
        }
        if (start == end || end - start > MAX_DIGITS) {
            throw RefusedException.malformed("bad Content-Length");
        }
        long length = 0;
        for (int at = start; at < end; at++) {
            int c = Ascii.at(bytes, at);
            if (!Ascii.isDigit(c)) {
                throw RefusedException.malformed("bad Content-Length");
            }
            length = length * 10 + (c - '0');
        }
        contentLength = length;
    }

    private void transferEncoding(MemorySegment bytes, int start, int end) throws RefusedException {
        if (isChunked || !Ascii.equalsIgnoringCase(bytes, start, end, CHUNKED)) {
            throw otherCoding(bytes, start, end);
        }
        isChunked = true;
    }

    /** RFC 9112 §6.1: a coding that is not understood is 501; §6.3: what does not end in chunked has no end. */
    private static RefusedException otherCoding(MemorySegment bytes, int start, int end) {
        int last = end;
        while (last > start && Ascii.at(bytes, last - 1) != ',' && !Ascii.isSpace(Ascii.at(bytes, last - 1))) {
            last--;
        }
        int first = tokenEnd(bytes, start, end);
        boolean isOther = first > start && !Ascii.equalsIgnoringCase(bytes, start, first, CHUNKED);
        return isOther && last > first && Ascii.equalsIgnoringCase(bytes, last, end, CHUNKED)
                ? new RefusedException(501, "transfer coding that is not served")
                : RefusedException.malformed("transfer coding other than a single chunked");
    }

    private static int tokenEnd(MemorySegment bytes, int start, int end) {
        int at = start;
        while (at < end && Ascii.isToken(Ascii.at(bytes, at))) {
            at++;
        }
        return at;
    }

    private void upgrade(MemorySegment bytes, int base, FieldTable fields, int field) {
        fields.drop(field);
        upgrade = field;
        list.begin(base + fields.valueStart(field), base + fields.valueEnd(field));
        while (list.next(bytes)) {
            upgradesToHttp2 |= Ascii.equalsIgnoringCase(bytes, list.start(), list.end(), H2C);
        }
    }

    private void connection(MemorySegment bytes, int base, FieldTable fields, int field) throws RefusedException {
        fields.drop(field);
        list.begin(base + fields.valueStart(field), base + fields.valueEnd(field));
        int options = 0;
        while (list.next(bytes)) {
            if (++options > MAX_OPTIONS || !isToken(bytes, list.start(), list.end())) {
                throw RefusedException.malformed("bad Connection");
            }
            connectionOption(bytes, base, fields, list.start(), list.end());
        }
    }

    private void connectionOption(MemorySegment bytes, int base, FieldTable fields, int start, int end)
            throws RefusedException {
        if (Ascii.equalsIgnoringCase(bytes, start, end, CLOSE)) {
            saysClose = true;
        } else if (Ascii.equalsIgnoringCase(bytes, start, end, KEEP_ALIVE)) {
            saysKeepAlive = true;
        } else if (Ascii.equalsIgnoringCase(bytes, start, end, UPGRADE)) {
            saysUpgrade = true;
        } else {
            dropNamed(bytes, base, fields, start, end);
        }
    }

    private static void dropNamed(MemorySegment bytes, int base, FieldTable fields, int start, int end)
            throws RefusedException {
        if (KnownField.of(bytes, start, end).framesTheMessage()) {
            throw RefusedException.malformed("Connection names a framing field");
        }
        for (int field = 0; field < fields.count(); field++) {
            int nameStart = base + fields.nameStart(field);
            if (Ascii.equalsIgnoringCase(bytes, start, end, nameStart, base + fields.nameEnd(field))) {
                fields.drop(field);
            }
        }
    }

    private static boolean isToken(MemorySegment bytes, int start, int end) {
        return tokenEnd(bytes, start, end) == end;
    }

    /** Walks through a comma-separated list (RFC 9110 §5.6.1), skipping empty elements. */
    private static final class ListReader {

        private int at;
        private int limit;
        private int start;
        private int end;

        void begin(int from, int to) {
            at = from;
            limit = to;
        }

        boolean next(MemorySegment bytes) {
            while (at < limit) {
                start = at;
                while (at < limit && Ascii.at(bytes, at) != ',') {
                    at++;
                }
                end = at++;
                trim(bytes);
                if (start < end) {
                    return true;
                }
            }
            return false;
        }

        private void trim(MemorySegment bytes) {
            while (start < end && Ascii.isSpace(Ascii.at(bytes, start))) {
                start++;
            }
            while (end > start && Ascii.isSpace(Ascii.at(bytes, end - 1))) {
                end--;
            }
        }

        int start() {
            return start;
        }

        int end() {
            return end;
        }
    }
}
