package io.evenkeel.livechanges.load;

import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.livechanges.scene.Front;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/** One end of a TCP connection, with lines and chunks as HTTP/1.1 has them. */
public final class Wire implements AutoCloseable {

    /** That all clients name. */
    public static final String HOST = "live.example";

    static final int PATIENCE_MILLIS = 30_000;
    private static final TlsClients TLS = TlsClients.anonymous();

    private final Socket socket;
    private final InputStream in;
    private List<String> lastHead = List.of();

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 2_048);
    }

    /** A client of the listener, over TLS where it has it. */
    public static Wire connect(String address, Front front) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), front.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Wire(front.isTls() ? secured(socket, address, front.port()) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, String address, int port) throws IOException {
        var secured = (SSLSocket) TLS.context().getSocketFactory().createSocket(plain, address, port, true);
        secured.startHandshake();
        return secured;
    }

    /** Reads wait without end from now on. */
    Wire forever() throws IOException {
        socket.setSoTimeout(0);
        return this;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    int read(byte[] into) throws IOException {
        return in.read(into);
    }

    byte[] readExactly(int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** -1 at the end. */
    int readByte() throws IOException {
        return in.read();
    }

    /** The lines of a head without its last, empty one; no lines where the other side closed before it. */
    List<String> readHead() throws IOException {
        var lines = new ArrayList<String>();
        int first = in.read();
        if (first < 0) {
            return lines;
        }
        for (var line = readLine(first); !line.isEmpty(); line = readLine(in.read())) {
            lines.add(line);
        }
        return lines;
    }

    String readLine() throws IOException {
        return readLine(in.read());
    }

    private String readLine(int first) throws IOException {
        var line = new StringBuilder(48);
        for (int c = first; c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed in a line: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The next chunk, empty for the last one. */
    byte[] readChunk() throws IOException {
        var chunk = readExactly(Integer.parseInt(readLine(), 16));
        readLine();
        return chunk;
    }

    void sendChunk(byte[] chunk) throws IOException {
        var size = Integer.toHexString(chunk.length).getBytes(StandardCharsets.US_ASCII);
        var framed = new byte[size.length + chunk.length + 4];
        System.arraycopy(size, 0, framed, 0, size.length);
        framed[size.length] = '\r';
        framed[size.length + 1] = '\n';
        System.arraycopy(chunk, 0, framed, size.length + 2, chunk.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        send(framed);
    }

    /** Sends a GET and reads the answer, which has a Content-Length: its body. */
    public String get(String path, String moreFields) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n" + moreFields + "\r\n");
        var head = readHead();
        lastHead = head;
        if (head.isEmpty()) {
            throw new EOFException("closed instead of an answer");
        }
        if (!head.getFirst().startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + head);
        }
        int length = head.stream()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("of no length: " + head));
        return new String(readExactly(length), StandardCharsets.US_ASCII);
    }

    /** The cookies that the last answer set, by their names. */
    Map<String, String> told() {
        return lastHead.stream()
                .filter(line -> line.regionMatches(true, 0, "set-cookie:", 0, 11))
                .map(line -> line.substring(11).strip().split(";", 2)[0].split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (_, last) -> last));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
