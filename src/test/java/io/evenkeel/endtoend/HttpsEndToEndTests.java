package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** From certificates in the API to handshakes with clients. */
@EvenkeelTest
class HttpsEndToEndTests {

    private static final int PORT = 18_443;
    private static final int BACKEND_PORT = 19_443;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;

    @Autowired
    HttpsEndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    private String certificate(Pki.Issued issued, String domain) {
        return api.post(
                        api.elb("/certificates"),
                        Map.of(
                                "certificate",
                                Map.of(
                                        "type",
                                        "server",
                                        "certificate",
                                        issued.pem(),
                                        "private_key",
                                        issued.key(),
                                        "domain",
                                        domain)))
                .expect(201)
                .at("/certificate/id")
                .asString();
    }

    private JsonNode listener(String loadBalancerId, String poolId, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.putIfAbsent("protocol", "HTTPS");
        body.putIfAbsent("protocol_port", PORT);
        body.put("loadbalancer_id", loadBalancerId);
        body.put("default_pool_id", poolId);
        return api.post(api.elb("/listeners"), Map.of("listener", body)).expect(201);
    }

    /** The name of the certificate that is shown, and the answer to a request. */
    private static String ask(String vip, int port, @Nullable String serverName) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral(vip), port);
        try (var client = TlsClients.anonymous().socket(address, serverName)) {
            client.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: a.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            return TlsClients.shownName(client) + ": " + in.lines().reduce("", (before, line) -> line);
        }
    }

    @Test
    void certificatesAreShownByNameAndReplacedWhileTheListenerServes() {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var vip = loadBalancer.getVipAddress();
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        cloud.server(1);
        try (var backend = new Backend("backend", cloud.address(1), BACKEND_PORT)) {
            elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
            var main = certificate(Pki.selfSigned("main"), "main.example");
            var shop = certificate(Pki.selfSigned(Wish.of("shop").keys(Pki.rsa(2048, 1))), "*.shop.example");
            var made = listener(
                    loadBalancer.getId(),
                    poolId,
                    Map.of(
                            "default_tls_container_ref",
                            main,
                            "sni_container_refs",
                            List.of(shop),
                            "tls_ciphers_policy",
                            "tls-1-2-fs-with-1-3",
                            "insert_headers",
                            Map.of("X-Forwarded-TLS-Cipher", true)));
            assertThat(made.path("warnings").toString())
                    .contains("ECDHE-ECDSA-AES256-SHA384")
                    .doesNotContain("insert_headers")
                    .doesNotContain("AES128-GCM");
            awaitAnswer(vip, null, "main: " + backend.name());
            awaitAnswer(vip, "www.shop.example", "shop: " + backend.name());

            var next = Pki.selfSigned(Wish.of("next").keys(Pki.ec(4)));
            api.put(
                            api.elb("/certificates/" + main),
                            Map.of("certificate", Map.of("certificate", next.pem(), "private_key", next.key())))
                    .expect(200);
            awaitAnswer(vip, null, "next: " + backend.name());
            var shown = api.get(api.elb("/listeners/" + made.at("/listener/id").asString()))
                    .expect(200);
            assertThat(shown.at("/listener/evenkeel/operating_status").asString())
                    .isEqualTo("ONLINE");
        }
    }

    @Test
    void aTlsListenerTellsMembersOfTheirClient() {
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "TCP", "ROUND_ROBIN");
        cloud.server(1);
        try (var backend = new Backend("backend", cloud.address(1), BACKEND_PORT)) {
            elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
            var main = certificate(Pki.selfSigned("main"), "");
            var made = listener(
                    loadBalancer.getId(),
                    poolId,
                    Map.of("protocol", "TLS", "protocol_port", PORT + 1, "default_tls_container_ref", main));
            assertThat(made.path("warnings").toString()).contains("AES256-SHA256");
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(ask(loadBalancer.getVipAddress(), PORT + 1, null))
                            .isEqualTo("main: " + backend.name()));
            var changed = api.put(
                            api.elb("/listeners/" + made.at("/listener/id").asString()),
                            Map.of("listener", Map.of("proxy_protocol_enable", true)))
                    .expect(200);
            assertThat(changed.path("warnings").toString()).doesNotContain("proxy_protocol_enable");
        }
    }

    @Test
    void aListenerSaysWhyItCannotDoTls() {
        var policy = api.post(
                        api.elb("/security-policies"),
                        Map.of(
                                "security_policy",
                                Map.of(
                                        "name",
                                        "old",
                                        "protocols",
                                        List.of("TLSv1.2"),
                                        "ciphers",
                                        List.of("CAMELLIA128-SHA"))))
                .expect(201);
        assertThat(policy.path("warnings").toString()).contains("CAMELLIA128-SHA are not offered");
        var loadBalancer = elb.createLoadBalancer(cloud);
        var poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        var made = listener(
                loadBalancer.getId(),
                poolId,
                Map.of(
                        "protocol_port",
                        PORT + 2,
                        "default_tls_container_ref",
                        certificate(Pki.selfSigned("main"), ""),
                        "security_policy_id",
                        policy.at("/security_policy/id").asString()));
        var path = api.elb("/listeners/" + made.at("/listener/id").asString());
        await().atMost(PATIENCE).untilAsserted(() -> {
            var observed = api.get(path).expect(200).at("/listener/evenkeel");
            assertThat(observed.get("operating_status").asString()).isEqualTo("OFFLINE");
            assertThat(observed.get("reason").asString())
                    .startsWith("CERTIFICATE_NOT_USABLE")
                    .contains("CAMELLIA128-SHA");
        });
        api.put(path, Map.of("listener", Map.of("tls_ciphers_policy", "tls-1-2")))
                .expect(200);
        api.put(path, "{\"listener\": {\"security_policy_id\": null}}").expect(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get(path)
                                .expect(200)
                                .at("/listener/evenkeel/operating_status")
                                .asString())
                        .isEqualTo("ONLINE"));
    }

    private static void awaitAnswer(String vip, @Nullable String serverName, String answer) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(ask(vip, PORT, serverName)).isEqualTo(answer));
    }
}
