package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** A host with an optional port: RFC 9110 §7.2. Narrower than RFC 3986: names of unreserved characters, or an address. */
final class Authority {

    private static final int MAX_BYTES = 300;
    private static final int MAX_PORT = 65_535;

    private int hostStart;
    private int hostEnd;
    private int port;

    boolean isEmpty() {
        return hostStart == hostEnd && port < 0;
    }

    void clear() {
        hostStart = 0;
        hostEnd = 0;
        port = -1;
    }

    void read(MemorySegment bytes, int start, int end) throws RefusedException {
        if (end - start > MAX_BYTES) {
            throw RefusedException.malformed("host too long");
        }
        hostStart = start;
        hostEnd = start < end && Ascii.at(bytes, start) == '['
                ? literalEnd(bytes, start, end)
                : nameEnd(bytes, start, end);
        port = -1;
        if (hostEnd < end) {
            if (Ascii.at(bytes, hostEnd) != ':' || hostEnd == hostStart) {
                throw RefusedException.malformed("bad host");
            }
            readPort(bytes, hostEnd + 1, end);
        }
    }

    private static int nameEnd(MemorySegment bytes, int start, int end) {
        int at = start;
        while (at < end && Ascii.isHostName(Ascii.at(bytes, at))) {
            at++;
        }
        return at;
    }

    private static int literalEnd(MemorySegment bytes, int start, int end) throws RefusedException {
        int at = start + 1;
        while (at < end && isLiteral(Ascii.at(bytes, at))) {
            at++;
        }
        if (at == end || at == start + 1 || Ascii.at(bytes, at) != ']') {
            throw RefusedException.malformed("bad host");
        }
        return at + 1;
    }

    private static boolean isLiteral(int c) {
        return Ascii.hexDigit(c) >= 0 || c == ':' || c == '.';
    }

    private void readPort(MemorySegment bytes, int start, int end) throws RefusedException {
        int value = 0;
        for (int at = start; at < end; at++) {
            int c = Ascii.at(bytes, at);
            value = value * 10 + (c - '0');
            if (!Ascii.isDigit(c) || value > MAX_PORT) {
                throw RefusedException.malformed("bad port");
            }
        }
        port = start == end ? -1 : value;
    }

    boolean isSameAs(Authority other, MemorySegment bytes, int defaultPort) {
        return portOr(defaultPort) == other.portOr(defaultPort)
                && Ascii.equalsIgnoringCase(bytes, hostStart, hostEnd, other.hostStart, other.hostEnd);
    }

    /** In lower case, without port and without the dot that may stand at the end of a name. */
    void copyHost(MemorySegment bytes, Bytes out) {
        out.append(bytes, hostStart, hostEnd);
        for (int i = 0; i < out.size(); i++) {
            out.set(i, (byte) Ascii.lower(out.at(i)));
        }
        if (out.size() > 1 && out.at(out.size() - 1) == '.') {
            out.truncate(out.size() - 1);
        }
    }

    int portOr(int defaultPort) {
        return port < 0 ? defaultPort : port;
    }
}
