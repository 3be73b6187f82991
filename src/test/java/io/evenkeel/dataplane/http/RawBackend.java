package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.WireReader.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that follows a script for each of its connections, and counts what it saw. */
final class RawBackend implements AutoCloseable {

    /** What a connection does; the socket is closed at its end. */
    interface Script {
        void serve(Peer peer) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Script script;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread acceptor;

    RawBackend(Script script) throws IOException {
        this.script = script;
        this.acceptor = Thread.startVirtualThread(this::acceptAll);
    }

    /** Answers every request with 200, its target as body and keep-alive. */
    static RawBackend echoingTargets() throws IOException {
        return new RawBackend(peer -> {
            while (true) {
                peer.answer(peer.request().target());
            }
        });
    }

    /** Does the same with every connection, whatever goes wrong on it. */
    static RawBackend sending(String response) throws IOException {
        return new RawBackend(peer -> {
            while (true) {
                peer.request();
                peer.send(response);
            }
        });
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Peer(socket));
        } catch (IOException ended) {
            // The proxy closed it, which the test sees on its own side.
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    List<Message> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** From its return on nobody is answered: a thread that waits for a connection takes one more after the close. */
    @Override
    public void close() throws IOException {
        server.close();
        joinAcceptor();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void joinAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection of the proxy to this server. */
    final class Peer {

        private final Socket socket;
        private final WireReader reader;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            this.reader = new WireReader(new BufferedInputStream(socket.getInputStream()));
        }

        Socket socket() {
            return socket;
        }

        WireReader reader() {
            return reader;
        }

        Message request() throws IOException {
            var request = reader.request();
            requests.add(request);
            return request;
        }

        String head() throws IOException {
            var head = reader.head();
            requests.add(new Message(head, ""));
            return head;
        }

        void send(String latin1) throws IOException {
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        }

        void sendByteByByte(String latin1) throws IOException {
            for (int i = 0; i < latin1.length(); i++) {
                send(latin1.substring(i, i + 1));
            }
        }

        void answer(String body) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
