package io.evenkeel.dataplane.http2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of HTTP/1.1 that answers by what the path says, and keeps what it was asked. */
public final class EchoServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger aborted = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param trailers lines */
    public record Request(String head, String content, List<String> trailers) {

        public List<String> lines() {
            return head.lines().toList();
        }

        public String target() {
            return head.split(" ", 3)[1];
        }
    }

    public EchoServer() throws IOException {
        Thread.startVirtualThread(this::acceptAll);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Connections that ended in the middle of a request or an answer. */
    int aborted() {
        return aborted.get();
    }

    /** Answers what was held. */
    void release() {
        released.countDown();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (answer(socket, in)) {
                // The next one.
            }
        } catch (IOException | InterruptedException ended) {
            aborted.incrementAndGet();
        }
    }

    private boolean answer(Socket socket, InputStream in) throws IOException, InterruptedException {
        var head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
            send(socket, "HTTP/1.1 100 Continue\r\n\r\n");
        }
        var trailers = new ArrayList<String>();
        var content = content(head, in, trailers);
        var request = new Request(head, new String(content, StandardCharsets.ISO_8859_1), trailers);
        requests.add(request);
        var path = request.target().split("/", 4);
        boolean isHead = head.startsWith("HEAD ");
        switch (path[1]) {
            case "size" -> sized(socket, "x".repeat(Integer.parseInt(path[2])), isHead);
            case "chunked" -> chunked(socket, "y".repeat(Integer.parseInt(path[2])));
            case "echo" -> sized(socket, request.content(), isHead);
            case "status" -> send(socket, "HTTP/1.1 " + path[2] + " S\r\nX-Status: S\r\n\r\n");
            case "hints" -> {
                send(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                sized(socket, "hinted", false);
            }
            case "hold" -> {
                released.await();
                sized(socket, "held", isHead);
            }
            case "rest" -> {
                send(socket, "HTTP/1.1 200 OK\r\n\r\nall the rest");
                return false;
            }
            case "cut" -> {
                send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all");
                return false;
            }
            default -> sized(socket, "hello", isHead);
        }
        return true;
    }

    private static void sized(Socket socket, String content, boolean isHead) throws IOException {
        send(
                socket,
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\nContent-Length: "
                        + content.length() + "\r\n\r\n" + (isHead ? "" : content));
    }

    private static void chunked(Socket socket, String content) throws IOException {
        send(
                socket,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Trailer\r\n\r\n"
                        + (content.isEmpty() ? "" : Integer.toHexString(content.length()) + "\r\n" + content + "\r\n")
                        + "0\r\nX-Trailer: last\r\n\r\n");
    }

    private static void send(Socket socket, String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                if (line.isEmpty()) {
                    return "";
                }
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] content(String head, InputStream in, List<String> trailers) throws IOException {
        for (var line : head.split("\r\n", -1)) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length: ")) {
                return all(in, Integer.parseInt(lower.substring(16)));
            } else if (lower.startsWith("transfer-encoding: ")) {
                return chunks(in, trailers);
            }
        }
        return new byte[0];
    }

    private static byte[] all(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static byte[] chunks(InputStream in, List<String> trailers) throws IOException {
        var content = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            content.writeBytes(all(in, size));
            line(in);
        }
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            trailers.add(line);
        }
        return content.toByteArray();
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
