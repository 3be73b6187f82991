package io.evenkeel.endtoend;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One TCP connection that sends GETs and reads answers with a Content-Length. */
final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String host;

    Client(String address, int port) throws IOException {
        this("0.0.0.0", address, port);
    }

    /** From one of this host's addresses. */
    Client(String from, String address, int port) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 5000);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        host = address + ":" + port;
    }

    /**
     * An answer.
     *
     * @param status of the status line
     * @param fields by name in lower case; of several the last
     */
    record Answer(int status, String body, Map<String, String> fields) {}

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    /** The answer to anything but a HEAD. */
    Answer send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        var fields = new HashMap<String, String>();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var field = header.split(":", 2);
            fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8), fields);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection ended within a head: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** One request on a connection of its own. */
    static Answer once(String address, int port) throws IOException {
        return once("0.0.0.0", address, port);
    }

    /** The same from one of this host's addresses. */
    static Answer once(String from, String address, int port) throws IOException {
        try (var client = new Client(from, address, port)) {
            return client.get("/");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
