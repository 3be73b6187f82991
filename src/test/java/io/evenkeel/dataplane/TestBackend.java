package io.evenkeel.dataplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A backend server on a loopback port; what it does with a connection can be changed while it runs. */
public final class TestBackend implements AutoCloseable {

    /** What to do with a connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> heads = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour;

    public TestBackend(Behaviour behaviour) {
        this(behaviour, 0);
    }

    public TestBackend(Behaviour behaviour, int port) {
        this(behaviour, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    private TestBackend(Behaviour behaviour, InetSocketAddress address) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address, 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    /** Answers every request on every connection with 200 and the name; the health path with {@code healthCode}. */
    public static TestBackend named(String name) {
        return named(name, "127.0.0.1");
    }

    public static TestBackend named(String name, String address) {
        var backend = new TestBackend(socket -> {}, new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        backend.behave(socket -> backend.answer(socket, name, 200));
        return backend;
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Serves keep-alive HTTP; {@code /health} is answered with its own code. */
    public void answer(Socket socket, String name, int healthCode) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (List<String> head = head(in); head != null; head = head(in)) {
            heads.add(String.join("\n", head));
            boolean isCheck = head.getFirst().contains(" /health ");
            if (!isCheck) {
                requests.incrementAndGet();
            }
            var text = "HTTP/1.1 " + (isCheck ? healthCode : 200) + " X\r\nContent-Length: " + name.length()
                    + "\r\n\r\n" + (head.getFirst().startsWith("HEAD") ? "" : name);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    public static Behaviour sending(String response) {
        return socket -> {
            head(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
            socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().read();
        };
    }

    public static @Nullable List<String> head(BufferedReader in) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
        return null;
    }

    public int port() {
        return server.getLocalPort();
    }

    public int accepted() {
        return accepted.get();
    }

    /** Requests served, checks not counted. */
    public int requests() {
        return requests.get();
    }

    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.serve(socket);
        } catch (IOException e) {
            // The other side closed: what a check does.
        } finally {
            open.remove(socket);
        }
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
