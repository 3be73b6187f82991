package io.evenkeel.dataplane.http.smuggling;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads whatever can be read in some way: bare LF ends lines, lines are folded, any white space parts words, underscores
 * are hyphens, "chunked" anywhere wins over a length, and of a number its first digits count.
 */
final class LenientServer extends IndependentServer {

    private static final Pattern DIGITS = Pattern.compile("[^0-9]*([0-9]+).*");
    private static final Pattern HEX = Pattern.compile("\\s*(?:0[xX])?([0-9a-fA-F]+).*");

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

    LenientServer() throws IOException {
        Thread.startVirtualThread(this::acceptAll);
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                int number = count(request(in));
                var answer = "HTTP/1.1 200 OK\r\n" + NUMBER + ": " + number + "\r\nContent-Length: 0\r\n\r\n";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException | NumberFormatException ended) {
            // The proxy broke it off, which the test sees on its own side.
        }
    }

    private static Seen request(InputStream in) throws IOException {
        var start = line(in);
        while (start.isBlank()) {
            start = line(in);
        }
        var words = List.of(start.strip().split("\\s+"));
        var fields = fields(in);
        var target = words.size() > 1 ? words.get(1) : "";
        if (fields.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return new Seen(words.getFirst(), target, chunks(in));
        }
        var length = DIGITS.matcher(fields.getOrDefault("content-length", ""));
        return new Seen(
                words.getFirst(), target, length.matches() ? exactly(in, Integer.parseInt(length.group(1))) : "");
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        var fields = new HashMap<String, String>();
        var last = "";
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (Character.isWhitespace(line.charAt(0))) {
                fields.merge(last, line, String::concat);
                continue;
            }
            int colon = line.indexOf(':');
            last = line.substring(0, Math.max(0, colon))
                    .strip()
                    .replace('_', '-')
                    .toLowerCase(Locale.ROOT);
            fields.put(last, line.substring(colon + 1));
        }
        return fields;
    }

    private static String chunks(InputStream in) throws IOException {
        var content = new StringBuilder();
        while (true) {
            var size = HEX.matcher(line(in));
            int length = size.matches() ? Integer.parseInt(size.group(1), 16) : 0;
            if (length == 0) {
                fields(in);
                return content.toString();
            }
            content.append(exactly(in, length));
            line(in);
        }
    }

    private static String exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().replace("\r", "");
    }

    @Override
    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
