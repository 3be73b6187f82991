package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.WireReader.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is told. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final WireReader reader;

    RawClient(InetSocketAddress proxy) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(proxy, PATIENCE_MILLIS);
        reader = new WireReader(new BufferedInputStream(socket.getInputStream()));
    }

    Socket socket() {
        return socket;
    }

    RawClient send(String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RawClient sendByteByByte(String latin1) throws IOException {
        for (int i = 0; i < latin1.length(); i++) {
            send(latin1.substring(i, i + 1));
        }
        return this;
    }

    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Message response() throws IOException {
        return reader.response();
    }

    Message responseToHead() throws IOException {
        return reader.response(true);
    }

    Message get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").response();
    }

    WireReader reader() {
        return reader;
    }

    /** What comes until the proxy closes; throws when it resets. */
    String rest() throws IOException {
        return reader.rest();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
