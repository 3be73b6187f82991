package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each type of check on each protocol that the wire contract has it for (resources.md §11), by what becomes of members. */
@EvenkeelTest
class ChecksEndToEndTests {

    private static final int PORT = 18_540;
    private static final int BACKEND_PORT = 19_540;

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final String loadBalancerId;
    private final List<AutoCloseable> servers = new ArrayList<>();

    @Autowired
    ChecksEndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        loadBalancerId = elb.createLoadBalancer(cloud).getId();
    }

    @AfterEach
    void close() throws Exception {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        for (var server : servers) {
            server.close();
        }
    }

    /** Answers checks with 200 or 503. */
    private void serve(int n, String check, boolean isGood) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral(cloud.address(n)), BACKEND_PORT);
        cloud.server(n);
        switch (check) {
            case "UDP_CONNECT" -> {
                if (isGood) {
                    servers.add(UdpServer.named("good", address));
                }
            }
            case "TCP" -> {
                if (isGood) {
                    servers.add(new Backend("good", cloud.address(n), BACKEND_PORT));
                }
            }
            case "HTTP" -> {
                var backend = new Backend("any", cloud.address(n), BACKEND_PORT);
                backend.answerChecksWith(isGood ? 200 : 503);
                servers.add(backend);
            }
            case "TLS" ->
                servers.add(isGood ? https(address, 200) : new Backend("any", cloud.address(n), BACKEND_PORT));
            default -> servers.add(https(address, isGood ? 200 : 503));
        }
    }

    private static AutoCloseable https(InetSocketAddress address, int status) throws IOException {
        var server = HttpsServer.create(address, 100);
        server.setHttpsConfigurator(new HttpsConfigurator(
                TlsClients.showing(Pki.selfSigned("member")).context()));
        server.createContext("/check", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        return () -> server.stop(0);
    }

    private void listen(String protocol, String poolId) {
        var listener = new HashMap<String, Object>(Map.of(
                "loadbalancer_id", loadBalancerId,
                "protocol", protocol.equals("QUIC") ? "UDP" : protocol,
                "protocol_port", PORT,
                "default_pool_id", poolId));
        if (protocol.equals("HTTPS") || protocol.equals("TLS")) {
            var issued = Pki.selfSigned("vip");
            var certificate = Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key());
            listener.put(
                    "default_tls_container_ref",
                    api.post(api.elb("/certificates"), Map.of("certificate", certificate))
                            .expect(201)
                            .at("/certificate/id")
                            .asString());
        }
        api.post(api.elb("/listeners"), Map.of("listener", listener)).expect(201);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP,   TCP,         CONNECT_REFUSED",
        "TCP,   HTTP,        RESPONSE_MISMATCH",
        "TCP,   HTTPS,       RESPONSE_MISMATCH",
        "UDP,   UDP_CONNECT, CONNECT_REFUSED",
        "QUIC,  UDP_CONNECT, CONNECT_REFUSED",
        "HTTP,  TCP,         CONNECT_REFUSED",
        "HTTP,  HTTP,        RESPONSE_MISMATCH",
        "HTTP,  HTTPS,       RESPONSE_MISMATCH",
        "HTTP,  TLS,         SSL_HANDSHAKE_ERROR",
        "HTTPS, TCP,         CONNECT_REFUSED",
        "HTTPS, HTTP,        RESPONSE_MISMATCH",
        "HTTPS, HTTPS,       RESPONSE_MISMATCH",
        "HTTPS, TLS,         SSL_HANDSHAKE_ERROR",
        "TLS,   TCP,         CONNECT_REFUSED",
        "TLS,   HTTP,        RESPONSE_MISMATCH",
        "TLS,   HTTPS,       RESPONSE_MISMATCH",
        "TLS,   TLS,         SSL_HANDSHAKE_ERROR"
    })
    void tellsTheGoodFromTheBad(String protocol, String check, String reason) throws IOException {
        serve(1, check, true);
        serve(2, check, false);
        var settings = new HashMap<String, Object>(
                Map.of("loadbalancer_id", loadBalancerId, "protocol", protocol, "lb_algorithm", "ROUND_ROBIN"));
        if (protocol.equals("QUIC")) {
            settings.put("session_persistence", Map.of("type", "SOURCE_IP"));
        }
        var poolId = api.post(api.elb("/pools"), Map.of("pool", settings))
                .expect(201)
                .at("/pool/id")
                .asString();
        var good = elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        var bad = elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
        var monitor = new HashMap<String, Object>(
                Map.of("pool_id", poolId, "type", check, "delay", 1, "timeout", 2, "max_retries", 1));
        if (check.startsWith("HTTP")) {
            monitor.put("url_path", "/check");
        }
        api.post(api.elb("/healthmonitors"), Map.of("healthmonitor", monitor)).expect(201);
        listen(protocol, poolId);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(member(poolId, good)).isEqualTo("ONLINE ");
            assertThat(member(poolId, bad)).isEqualTo("OFFLINE " + reason);
        });
    }

    private String member(String poolId, String id) {
        var member = api.get(api.elb("/pools/" + poolId + "/members/" + id))
                .expect(200)
                .path("member");
        return member.path("operating_status").asString() + " "
                + member.at("/reason/reason_code").asString("");
    }
}
