package io.evenkeel.dataplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that keeps one connection to a VIP and sends one request after the other on it. */
final class TestClient implements AutoCloseable {

    /** An answer; {@code isLast} when it says that the connection closes. */
    record Answer(int code, String body, boolean isLast) {}

    private final Socket socket = new Socket();
    private final BufferedReader in;

    TestClient(String vip, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(vip), port), 5_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    Answer get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var head = TestBackend.head(in);
        if (head == null) {
            throw new IOException("Closed instead of an answer");
        }
        int length = 0;
        boolean isLast = false;
        for (String line : head) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            isLast |= line.equalsIgnoreCase("connection: close");
        }
        var body = new char[length];
        for (int read = 0; read < length; ) {
            read += in.read(body, read, length - read);
        }
        return new Answer(Integer.parseInt(head.getFirst().substring(9, 12)), new String(body), isLast);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes with RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    String readLine() throws IOException {
        return String.valueOf(in.readLine());
    }

    /** Whether the other side has closed, told by waiting for it. */
    boolean isClosedByPeer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
