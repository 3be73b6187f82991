package io.evenkeel.dataplane.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP from a socket in its own simple way, independent of the parser under test. */
final class WireReader {

    private final InputStream in;

    InputStream stream() {
        return in;
    }

    WireReader(InputStream in) {
        this.in = in;
    }

    /** A start line with its fields, and the body as it came, chunk framing included. */
    record Message(String head, String body) {

        String startLine() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        String target() {
            var line = startLine();
            int from = line.indexOf(' ') + 1;
            return line.substring(from, line.indexOf(' ', from));
        }

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** Null when absent. */
        @Nullable
        String field(String name) {
            return Arrays.stream(head.split("\r\n"))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    Message request() throws IOException {
        var head = head();
        return new Message(head, body(head, false));
    }

    Message response() throws IOException {
        return response(false);
    }

    Message response(boolean answersHead) throws IOException {
        var head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        boolean hasNone = answersHead || status < 200 || status == 204 || status == 304;
        return new Message(head, hasNone ? "" : body(head, true));
    }

    private String body(String head, boolean mayEndWithConnection) throws IOException {
        var message = new Message(head, "");
        if (message.field("Transfer-Encoding") != null) {
            return chunks();
        }
        var length = message.field("Content-Length");
        if (length != null) {
            return exactly(Integer.parseInt(length));
        }
        return mayEndWithConnection ? rest() : "";
    }

    String head() throws IOException {
        return until("\r\n\r\n");
    }

    String exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length);
        }
        return text(bytes);
    }

    /** Everything up to the end of the connection. */
    String rest() throws IOException {
        return text(in.readAllBytes());
    }

    private String chunks() throws IOException {
        var all = new StringBuilder();
        while (true) {
            var size = until("\r\n");
            all.append(size);
            int length = Integer.parseInt(size.strip(), 16);
            if (length == 0) {
                return all.append(trailers()).toString();
            }
            all.append(exactly(length + 2));
        }
    }

    private String trailers() throws IOException {
        var all = new StringBuilder();
        String line;
        do {
            line = until("\r\n");
            all.append(line);
        } while (line.length() > 2);
        return all.toString();
    }

    private String until(String end) throws IOException {
        var read = new StringBuilder();
        while (read.length() < end.length()
                || !read.substring(read.length() - end.length()).equals(end)) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("after: " + read);
            }
            read.append((char) c);
        }
        return read.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
