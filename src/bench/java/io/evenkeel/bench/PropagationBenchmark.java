package io.evenkeel.bench;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.TestInstance;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * How long a change takes from the API's answer to the first request served under it: one service with API, worker and
 * embedded PostgreSQL, one load balancer, two members that swap weights 1 and 0 in one batch update, over and over,
 * while requests go through the VIP on one connection. Prints percentiles in milliseconds.
 */
public final class PropagationBenchmark {

    private static final Logger log = LoggerFactory.getLogger(PropagationBenchmark.class);
    private static final int WARM_UP = 200;
    private static final int CHANGES = 500;
    private static final int PORT = 18_080;
    private static final int BACKEND_PORT = 19_000;

    private final Api api;
    private final Cloud cloud;

    private PropagationBenchmark(Api api) {
        this.api = api;
        this.cloud = Cloud.createOnLoopback(api);
    }

    public static void main(String[] arguments) throws IOException {
        var application = new SpringApplication(EvenkeelApplication.class);
        var home = Files.createTempDirectory("evenkeel-bench");
        // Arguments, because nothing may win over them: the benchmark must never touch the user's own home.
        var context = application.run(
                "--evenkeel.home=" + home,
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8",
                "--server.port=0",
                "--management.server.port=0");
        try (context) {
            var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
            var root = "http://127.0.0.1:" + server.getPort();
            new PropagationBenchmark(new Api(root, TestInstance.PROJECT_ID, TestInstance.TOKEN)).run();
        }
    }

    private void run() throws IOException {
        var first = backend(1);
        var second = backend(2);
        try {
            var loadBalancer = create(
                    "loadbalancer",
                    "/loadbalancers",
                    Map.of(
                            "vip_subnet_cidr_id", cloud.vipSubnetId(),
                            "vip_address", cloud.vip(20),
                            "availability_zone_list", List.of("az-1", "az-2")));
            var pool = create(
                    "pool",
                    "/pools",
                    Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancer));
            var members = List.of(member(pool, 1, 1), member(pool, 2, 0));
            create(
                    "listener",
                    "/listeners",
                    Map.of(
                            "loadbalancer_id", loadBalancer,
                            "protocol", "HTTP",
                            "protocol_port", PORT,
                            "default_pool_id", pool));
            measure(pool, members, WARM_UP);
            print(measure(pool, members, CHANGES));
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    private HttpServer backend(int n) throws IOException {
        cloud.server(n);
        var address = new InetSocketAddress(InetAddress.ofLiteral(cloud.address(n)), BACKEND_PORT);
        var server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().write('0' + n);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private String member(String pool, int n, int weight) {
        return create(
                "member",
                "/pools/" + pool + "/members",
                Map.of(
                        "address",
                        cloud.address(n),
                        "subnet_cidr_id",
                        cloud.serverSubnetId(),
                        "protocol_port",
                        BACKEND_PORT,
                        "weight",
                        weight));
    }

    private String create(String wrapper, String path, Map<String, Object> body) {
        return api.post(api.elb(path), Map.of(wrapper, body))
                .expect(201)
                .path(wrapper)
                .path("id")
                .asString();
    }

    /** Nanoseconds from the API's answer to the first request served by the other member, for each change. */
    private long[] measure(String pool, List<String> members, int changes) throws IOException {
        var nanos = new long[changes];
        try (var client = connect()) {
            var in = new BufferedInputStream(client.getInputStream());
            for (int i = 0; i < changes; i++) {
                int serving = i % 2 == 0 ? 2 : 1;
                swap(pool, members, serving);
                long answered = System.nanoTime();
                while (request(client, in) != '0' + serving) {
                    if (System.nanoTime() - answered > 10_000_000_000L) {
                        throw new IllegalStateException("Change " + i + " is not served after 10 seconds");
                    }
                }
                nanos[i] = System.nanoTime() - answered;
            }
            // Back to where the next round begins.
            if (changes % 2 == 1) {
                swap(pool, members, 1);
            }
        }
        return nanos;
    }

    private void swap(String pool, List<String> members, int serving) {
        api.post(
                        api.elb("/pools/" + pool + "/members/batch-update"),
                        Map.of(
                                "members",
                                List.of(
                                        Map.of("id", members.get(0), "weight", serving == 1 ? 1 : 0),
                                        Map.of("id", members.get(1), "weight", serving == 2 ? 1 : 0))))
                .expect(200);
    }

    private Socket connect() throws IOException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                var socket = new Socket(InetAddress.ofLiteral(cloud.vip(20)), PORT);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** One GET; returns the last byte of the answer, which is all of its body. */
    private static int request(Socket client, InputStream in) throws IOException {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection was closed");
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return in.read();
    }

    private static void print(long[] nanos) {
        Arrays.sort(nanos);
        log.info(
                "Propagation over {} changes, API answer to first request under the new state:"
                        + " p50 {} ms, p99 {} ms, max {} ms",
                nanos.length,
                millis(nanos, 0.50),
                millis(nanos, 0.99),
                millis(nanos, 1.0));
    }

    private static String millis(long[] sorted, double share) {
        int index = (int) Math.min(sorted.length - 1L, Math.round(share * sorted.length));
        return "%.2f".formatted(sorted[index] / 1e6);
    }
}
