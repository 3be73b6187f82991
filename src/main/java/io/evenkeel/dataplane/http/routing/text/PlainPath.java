package io.evenkeel.dataplane.http.routing.text;

import io.evenkeel.dataplane.http.memory.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Paths as servers understand them, so that no spelling of a path gets around a rule for it: percent-encoding is
 * resolved once, runs of slashes are one, dot segments are followed (RFC 3986 §6.2.2). What servers understand
 * differently is not read at all.
 */
public final class PlainPath {

    private PlainPath() {}

    /**
     * Appends the path as it is understood. False where it holds an encoded NUL, leads above the root, or has parameters
     * at a dot segment.
     *
     * @param out empty
     */
    public static boolean read(Bytes raw, Bytes out) {
        if (isPlain(raw)) {
            out.append(raw);
            return true;
        }
        decode(raw.array(), raw.size(), out);
        for (int i = 0; i < out.size(); i++) {
            if (out.at(i) == 0) {
                return false;
            }
        }
        return out.at(0) != '/' || followSegments(out);
    }

    /** What a rule compares with: resolved and with single slashes, but no segments followed. */
    public static byte[] ofRule(String value) {
        var raw = value.getBytes(StandardCharsets.UTF_8);
        var out = new Bytes();
        decode(raw, raw.length, out);
        int size = 0;
        for (int i = 0; i < out.size(); i++) {
            if (size == 0 || out.at(i) != '/' || out.at(size - 1) != '/') {
                out.set(size++, out.at(i));
            }
        }
        var plain = new byte[size];
        System.arraycopy(out.array(), 0, plain, 0, size);
        return plain;
    }

    private static boolean isPlain(Bytes raw) {
        boolean isAfterSlash = false;
        for (int i = 0; i < raw.size(); i++) {
            byte c = raw.at(i);
            if (c == '%' || (isAfterSlash && (c == '/' || c == '.'))) {
                return false;
            }
            isAfterSlash = c == '/';
        }
        return true;
    }

    /** An incomplete escape stands for itself. */
    private static void decode(byte[] raw, int size, Bytes out) {
        for (int i = 0; i < size; i++) {
            int escaped = raw[i] == '%' ? Escapes.at(raw, i, size) : -1;
            if (escaped >= 0) {
                out.append((byte) escaped);
                i += 2;
            } else {
                out.append(raw[i]);
            }
        }
    }

    /** In place: what is written never gets ahead of what is read. */
    private static boolean followSegments(Bytes path) {
        int size = path.size();
        int written = 0;
        int at = 0;
        while (at < size) {
            int start = at;
            while (start < size && path.at(start) == '/') {
                start++;
            }
            at = start;
            while (at < size && path.at(at) != '/') {
                at++;
            }
            int dots = dotsAt(path, start, at);
            if (dots < 0 || (dots == 2 && written == 0)) {
                return false;
            } else if (dots == 2) {
                written = lastSlash(path, written);
            } else if (dots == 0 && start < at) {
                path.set(written++, (byte) '/');
                for (int i = start; i < at; i++) {
                    path.set(written++, path.at(i));
                }
            }
            boolean isFolder = dots > 0 || start == at;
            if (at == size && (isFolder || written == 0)) {
                path.set(written++, (byte) '/');
            }
        }
        path.truncate(written);
        return true;
    }

    /** 1 or 2 for a dot segment, 0 for any other, -1 for a dot segment with parameters. */
    private static int dotsAt(Bytes path, int start, int end) {
        int dots = 0;
        while (dots < 3 && start + dots < end && path.at(start + dots) == '.') {
            dots++;
        }
        boolean isDots = dots == 1 || dots == 2;
        if (isDots && start + dots < end && path.at(start + dots) == ';') {
            return -1;
        }
        return isDots && start + dots == end ? dots : 0;
    }

    private static int lastSlash(Bytes path, int before) {
        int at = before - 1;
        while (path.at(at) != '/') {
            at--;
        }
        return at;
    }
}
