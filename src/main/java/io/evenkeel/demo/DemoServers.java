package io.evenkeel.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Three HTTP servers on loopback addresses of their own, each answering every request with its name. */
@Component
@Profile("demo")
class DemoServers implements SmartLifecycle {

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public void start() {
        DemoCloud.SERVERS.forEach(server -> servers.add(serve(server)));
    }

    private HttpServer serve(DemoCloud.DemoServer server) {
        try {
            var address = new InetSocketAddress(InetAddress.ofLiteral(server.address()), DemoCloud.SERVER_PORT);
            var http = HttpServer.create(address, 0);
            http.createContext("/", exchange -> answer(exchange, "Hello from " + server.name() + "\n"));
            http.setExecutor(threads);
            http.start();
            return http;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The demo server " + server.name() + " cannot listen on " + server.address() + ":"
                            + DemoCloud.SERVER_PORT + " (" + e.getMessage() + "). The demo needs Linux, where all of"
                            + " 127.0.0.0/8 is the host's own; is another demo running?",
                    e);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void stop() {
        servers.forEach(server -> server.stop(0));
        servers.clear();
        threads.close();
    }

    @Override
    public boolean isRunning() {
        return !servers.isEmpty();
    }
}
