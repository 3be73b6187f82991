package io.evenkeel.outage.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection of an HTTP client, and one word over TCP. Every failure is told, none is tried again. */
public final class Web implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] WORD = "a word that comes back".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;

    private Web(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), 1_024);
    }

    public static Web connect(String address, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), PATIENCE_MILLIS);
            return new Web(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Over a connection of its own: the body of an answer 200. */
    public static String getOnce(String address, int port, String path) throws IOException {
        try (var web = connect(address, port)) {
            return web.get(path);
        }
    }

    /** Sends a word to an echo, reads it back and sees the connection closed in order. */
    static void echoOnce(String address, int port) throws IOException {
        try (var web = connect(address, port)) {
            web.socket.getOutputStream().write(WORD);
            if (web.in.readNBytes(WORD.length).length < WORD.length) {
                throw new EOFException("closed before the word came back");
            }
            web.socket.shutdownOutput();
            if (web.in.read() >= 0) {
                throw new IOException("more came than was sent");
            }
        }
    }

    String get(String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: outage.example\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var status = readLine();
        int length = 0;
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            var field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith("content-length:")) {
                length = Integer.parseInt(field.substring(15).strip());
            }
        }
        var body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        if (body.length() < length) {
            throw new EOFException("closed within the body");
        }
        return body;
    }

    private String readLine() throws IOException {
        var line = new StringBuilder(48);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed instead of an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
