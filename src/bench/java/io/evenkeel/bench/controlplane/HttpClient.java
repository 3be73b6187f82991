package io.evenkeel.bench.controlplane;

import io.evenkeel.testing.TestInstance;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that is kept open, with as little of a client as may be: it shares the processors with what it measures.
 * Reads a body by its length or in chunks, and looks at the status alone.
 */
final class HttpClient implements Client {

    private static final String CONTENT_LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final int port;
    private Socket socket;
    private InputStream in;
    private boolean isClosing;
    private byte[] request = {};
    private int expected;

    HttpClient(int port) throws IOException {
        this.port = port;
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    private Socket connect() throws IOException {
        var made = new Socket(InetAddress.getLoopbackAddress(), port);
        made.setTcpNoDelay(true);
        return made;
    }

    @Override
    public void prepare(Call call) throws IOException {
        if (isClosing) {
            socket.close();
            socket = connect();
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            isClosing = false;
        }
        var body = call.body() == null ? "" : call.body();
        expected = call.status();
        request = """
                %s /v3/%s/elb%s HTTP/1.1
                Host: 127.0.0.1
                X-Auth-Token: %s
                Content-Type: application/json
                Content-Length: %d

                """.formatted(call.method(), TestInstance.PROJECT_ID, call.path(), TestInstance.TOKEN, body.length())
                .replace("\n", "\r\n")
                .concat(body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void run() throws IOException {
        socket.getOutputStream().write(request);
        var status = line();
        int length = 0;
        boolean isChunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(CONTENT_LENGTH)) {
                length = Integer.parseInt(
                        lower.substring(CONTENT_LENGTH.length()).strip());
            }
            isClosing |= lower.equals("connection: close");
            isChunked |= lower.equals(CHUNKED);
        }
        if (!status.startsWith("HTTP/1.1 " + expected)) {
            throw new IOException("Expected " + expected + ", got " + status + " "
                    + new String(in.readNBytes(isChunked ? in.available() : length), StandardCharsets.UTF_8));
        }
        if (isChunked) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
    }

    private void skipChunks() throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            in.skipNBytes(size + 2L);
        } while (size > 0);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The service closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
