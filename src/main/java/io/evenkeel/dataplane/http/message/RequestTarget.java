package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** What a request is for, in origin, absolute or asterisk form: RFC 9112 §3.2. */
final class RequestTarget {

    private static final byte[] HTTP = Ascii.bytes("http://");
    private static final byte[] HTTPS = Ascii.bytes("https://");

    private final Authority authority = new Authority();
    private final Authority host = new Authority();
    private boolean isAbsolute;
    private int defaultPort;
    private int pathStart;
    private int end;

    void read(MemorySegment bytes, int start, int end, boolean isOptions) throws RefusedException {
        this.pathStart = start;
        this.end = end;
        this.isAbsolute = false;
        if (Ascii.indexOf(bytes, start, end, '#') < end) {
            throw RefusedException.malformed("fragment in request target");
        }
        int first = Ascii.at(bytes, start);
        if (first == '/' || (first == '*' && end - start == 1 && isOptions)) {
            return;
        }
        absolute(bytes, start, end);
    }

    private void absolute(MemorySegment bytes, int start, int end) throws RefusedException {
        int schemeEnd;
        if (startsWith(bytes, start, end, HTTP)) {
            schemeEnd = start + HTTP.length;
            defaultPort = 80;
        } else if (startsWith(bytes, start, end, HTTPS)) {
            schemeEnd = start + HTTPS.length;
            defaultPort = 443;
        } else {
            throw RefusedException.malformed("bad request target");
        }
        int authorityEnd = schemeEnd;
        while (authorityEnd < end && !endsAuthority(Ascii.at(bytes, authorityEnd))) {
            authorityEnd++;
        }
        authority.read(bytes, schemeEnd, authorityEnd);
        if (schemeEnd == authorityEnd) {
            throw RefusedException.malformed("bad request target");
        }
        isAbsolute = true;
        pathStart = authorityEnd;
    }

    private static boolean endsAuthority(int c) {
        return c == '/' || c == '?';
    }

    private static boolean startsWith(MemorySegment bytes, int start, int end, byte[] lowerCase) {
        return end - start >= lowerCase.length
                && Ascii.equalsIgnoringCase(bytes, start, start + lowerCase.length, lowerCase);
    }

    void requireSameHost(MemorySegment bytes, int hostStart, int hostEnd) throws RefusedException {
        host.read(bytes, hostStart, hostEnd);
        if (isAbsolute && !authority.isSameAs(host, bytes, defaultPort)) {
            throw RefusedException.malformed("Host differs from request target");
        }
    }

    /** A target that names a host needs a Host field beside it, or the host would be lost on the way. */
    void requireNoOtherHost() throws RefusedException {
        host.clear();
        if (isAbsolute) {
            throw RefusedException.malformed("missing Host");
        }
    }

    Authority host() {
        return host;
    }

    /** Up to the query; of an absolute form without one, the path that goes on. */
    void copyPath(MemorySegment bytes, boolean isOptions, Bytes out) {
        int pathEnd = Ascii.indexOf(bytes, pathStart, end, '?');
        if (pathStart == pathEnd) {
            out.append((byte) (isOptions && pathEnd == end ? '*' : '/'));
        }
        out.append(bytes, pathStart, pathEnd);
    }

    /** What stands behind the first question mark. */
    void copyQuery(MemorySegment bytes, Bytes out) {
        int pathEnd = Ascii.indexOf(bytes, pathStart, end, '?');
        if (pathEnd < end) {
            out.append(bytes, pathEnd + 1, end);
        }
    }

    boolean isAsItGoesOn() {
        return !isAbsolute;
    }

    void appendTo(Block out, MemorySegment bytes, boolean isOptions) {
        if (isAbsolute && (pathStart == end || Ascii.at(bytes, pathStart) == '?')) {
            out.append(isOptions && pathStart == end ? '*' : '/');
        }
        out.append(bytes, pathStart, end);
    }
}
