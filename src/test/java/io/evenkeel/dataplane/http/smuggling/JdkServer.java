package io.evenkeel.dataplane.http.smuggling;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The server of the JDK. */
final class JdkServer extends IndependentServer {

    private final HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);

    JdkServer() throws IOException {
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            var target = exchange.getRequestURI().toString();
            int number = count(new Seen(exchange.getRequestMethod(), target, body));
            exchange.getResponseHeaders().set(NUMBER, Integer.toString(number));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
