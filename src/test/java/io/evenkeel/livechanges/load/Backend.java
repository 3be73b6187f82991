package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server: HTTP that says its name, sends chunks back as they come and echoes over WebSockets, TCP that says what it hears, and a port for
 * checks that is as well as it is told. It never closes a connection before its client does.
 */
public final class Backend implements AutoCloseable {

    private interface Service {
        void serve(Wire client) throws IOException;
    }

    /** Set where a request's path ends in {@code ?login}. */
    public static final String APPLICATION_COOKIE = "SID";

    private final String address;
    private final String name;
    private final AtomicInteger logins = new AtomicInteger();
    private final Port http;
    private final Port tcp;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Change.Condition condition = Change.Condition.WELL;
    private @Nullable Port checks;

    public Backend(String address, int number) {
        this.address = address;
        name = name(number);
        http = listen(Scene.HTTP_PORT, this::answer);
        tcp = listen(Scene.TCP_PORT, Backend::echo);
        checks = listen(Scene.CHECK_PORT, this::check);
    }

    public static String name(int number) {
        return "server-" + number;
    }

    /** What checks find from now on. On one thread. */
    public void become(Change.Condition next) {
        condition = next;
        if (next == Change.Condition.REFUSES) {
            close(checks);
            checks = null;
        } else if (checks == null) {
            checks = listen(Scene.CHECK_PORT, this::check);
        }
    }

    /** Closed, it is free: the system keeps a socket for as long as a thread is about to leave it. */
    private record Port(ServerSocket server, Thread acceptor) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            server.close();
            try {
                acceptor.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Port listen(int port, Service service) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 4_096);
            return new Port(server, Thread.ofVirtual().start(() -> acceptAll(server, service)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket server, Service service) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, service));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Service service) {
        try (var client = new Wire(socket)) {
            service.serve(client);
        } catch (IOException e) {
            // The other side closed: it says itself whether that was wrong.
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Wire client) throws IOException {
        for (var head = client.readHead(); !head.isEmpty(); head = client.readHead()) {
            if (WebSockets.isAskedFor(head)) {
                WebSockets.echo(client, head);
                return;
            } else if (head.getFirst().startsWith("POST")) {
                sendBack(client);
            } else {
                var cookie = head.getFirst().contains("?login ")
                        ? "Set-Cookie: " + APPLICATION_COOKIE + "=" + name + "-" + logins.incrementAndGet() + "\r\n"
                        : "";
                client.send("HTTP/1.1 200 OK\r\n" + cookie + "Content-Length: " + name.length() + "\r\n\r\n" + name);
            }
        }
    }

    private static void sendBack(Wire client) throws IOException {
        client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = client.readChunk();
        while (chunk.length > 0) {
            client.sendChunk(chunk);
            chunk = client.readChunk();
        }
        client.send("0\r\n\r\n");
    }

    private static void echo(Wire client) throws IOException {
        var buffer = new byte[2_048];
        for (int count = client.read(buffer); count >= 0; count = client.read(buffer)) {
            client.send(Arrays.copyOf(buffer, count));
        }
    }

    private void check(Wire client) throws IOException {
        while (!client.readHead().isEmpty()) {
            switch (condition) {
                case WELL -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                case ANSWERS_ERRORS -> client.send("HTTP/1.1 503 Out of order\r\nContent-Length: 0\r\n\r\n");
                case REFUSES, SILENT -> {}
            }
        }
    }

    @Override
    public void close() {
        close(http);
        close(tcp);
        close(checks);
        List.copyOf(open).forEach(Backend::close);
    }

    private static void close(@Nullable AutoCloseable closed) {
        try {
            if (closed != null) {
                closed.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
