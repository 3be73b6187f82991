package io.evenkeel.dataplane.tcp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend server of blocking sockets: each connection runs a script and is closed after it. */
final class MemberServer implements AutoCloseable {

    /** What to do with a connection; a failure ends it like a return. */
    @FunctionalInterface
    interface Script {
        void run(Socket socket) throws Exception;
    }

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    private final ServerSocket server;
    private final List<Closeable> resources = new ArrayList<>();

    private MemberServer(ServerSocket server) {
        this.server = server;
        resources.add(server);
    }

    static MemberServer running(Script script) throws IOException {
        return running(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
    }

    static MemberServer running(InetSocketAddress address, Script script) throws IOException {
        var socket = new ServerSocket();
        socket.bind(address, 200);
        var server = new MemberServer(socket);
        Thread.startVirtualThread(() -> server.acceptAll(script));
        return server;
    }

    /** Listens, but its queue is full: a connect to it neither succeeds nor fails. */
    static MemberServer hanging() throws IOException {
        var server = new MemberServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 3; i++) {
            var filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.connect(server.address());
            server.resources.add(filler);
        }
        return server;
    }

    /** An address nobody listens on. */
    static InetSocketAddress nowhere() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }
    }

    static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
        socket.shutdownOutput();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        for (var resource : resources) {
            resource.close();
        }
    }

    private void acceptAll(Script script) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                accepted.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket, script));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.run(socket);
        } catch (Exception ended) {
            // The test looks at the other end of the connection.
        } finally {
            finished.incrementAndGet();
        }
    }
}
