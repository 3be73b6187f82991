package io.evenkeel.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on an address of its own: answers {@code /} with its name and {@code /check} as it is told. */
final class Backend implements AutoCloseable {

    private final String name;
    private final InetSocketAddress address;
    private final AtomicInteger served = new AtomicInteger();
    private volatile int checkStatus = 200;
    private volatile String contentType = "";
    private HttpServer server;

    Backend(String name, String address, int port) {
        this.name = name;
        this.address = new InetSocketAddress(InetAddress.ofLiteral(address), port);
        this.server = open();
    }

    private HttpServer open() {
        try {
            var http = HttpServer.create(address, 1024);
            http.createContext("/check", exchange -> answer(exchange, checkStatus));
            http.createContext("/", exchange -> {
                served.incrementAndGet();
                answer(exchange, 200);
            });
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            var body = name.getBytes(StandardCharsets.UTF_8);
            if (!contentType.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", contentType);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    String name() {
        return name;
    }

    int served() {
        return served.get();
    }

    /** From now on it says what its answers are. */
    void answersType(String type) {
        contentType = type;
    }

    void answerChecksWith(int status) {
        checkStatus = status;
    }

    void stop() {
        server.stop(0);
    }

    void startAgain() {
        server = open();
    }

    @Override
    public void close() {
        stop();
    }
}
