package io.evenkeel.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Issued;
import io.evenkeel.testing.Pki.Wish;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What listeners refer to for TLS, and what that means for certificates and policies. */
@EvenkeelTest
class ListenerTlsTests {

    private static final Issued FIRST = Pki.selfSigned(Wish.of("first").authority());
    private static final Issued SECOND = Pki.selfSigned(Wish.of("second").keys(Pki.ec(2)));

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private String loadBalancerId = "";

    @BeforeEach
    void makeLoadBalancer() {
        var cloud = Cloud.create(api);
        loadBalancerId = api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "vip_subnet_cidr_id",
                                        cloud.vipSubnetId(),
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .at("/loadbalancer/id")
                .asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS", "TLS", "TERMINATED_HTTPS"})
    void keepsEveryReference(String protocol) {
        var server = server("a.example");
        var authority = authority();
        var sni = List.of(server("b.example,*.c.example"), server("d.example"));
        var policy = policy("TLSv1.2");

        var made = create(Map.of(
                "protocol",
                protocol,
                "default_tls_container_ref",
                server,
                "client_ca_tls_container_ref",
                authority,
                "sni_container_refs",
                sni,
                "security_policy_id",
                policy,
                "tls_ciphers_policy",
                "tls-1-2-fs"));

        assertThat(made.path("protocol").asString()).isEqualTo(protocol.replace("TERMINATED_", ""));
        assertThat(made.path("default_tls_container_ref").asString()).isEqualTo(server);
        assertThat(made.path("client_ca_tls_container_ref").asString()).isEqualTo(authority);
        assertThat(texts(made.path("sni_container_refs"))).isEqualTo(sni);
        assertThat(made.path("security_policy_id").asString()).isEqualTo(policy);
        assertThat(made.path("tls_ciphers_policy").asString()).isEqualTo("tls-1-2-fs");
        assertThat(configurationOf(show(made))).isEqualTo(configurationOf(made));
        assertThat(usesOf(made)).isEqualTo(4);
        assertThat(texts(
                        api.get(api.elb("/security-policies/" + policy))
                                .expect(200)
                                .at("/security_policy/listeners"),
                        "id"))
                .containsExactly(id(made));
        for (var query : List.of(
                "default_tls_container_ref=" + server,
                "client_ca_tls_container_ref=" + authority,
                "tls_ciphers_policy=tls-1-2-fs&loadbalancer_id=" + loadBalancerId)) {
            assertThat(texts(api.get(api.elb("/listeners?" + query)).expect(200).path("listeners"), "id"))
                    .as(query)
                    .containsExactly(id(made));
        }
    }

    @Test
    void sendsClientsOnToNothingButAQuicListener() {
        var unknown = "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999";
        var certificate = server("a.example");
        var listener = create(Map.of("default_tls_container_ref", certificate));
        var elsewhere = Map.of(
                "protocol_port", 444, "default_tls_container_ref", certificate, "quic_config", toQuic(id(listener)));

        assertThat(refusal(400, elsewhere)).contains("quic_config.quic_listener_id must name a QUIC listener");
        assertThat(refusal(
                        404,
                        Map.of(
                                "protocol_port",
                                444,
                                "default_tls_container_ref",
                                certificate,
                                "quic_config",
                                toQuic(unknown))))
                .isEqualTo("listener " + unknown + " could not be found.");
        var changed = update(listener, "{\"quic_config\": {\"quic_listener_id\": \"" + unknown + "\"}}");
        assertThat(changed.expect(404).path("error_msg").asString())
                .isEqualTo("listener " + unknown + " could not be found.");
        assertThat(configurationOf(show(listener))).isEqualTo(configurationOf(listener));
    }

    private static Map<String, Object> toQuic(String listenerId) {
        return Map.of("quic_listener_id", listenerId);
    }

    /** Without what a worker makes of it meanwhile. */
    private static JsonNode configurationOf(JsonNode listener) {
        return ((ObjectNode) listener.deepCopy()).without("evenkeel");
    }

    @Test
    void hasADefaultPolicyAndNothingElse() {
        var made = create(Map.of("default_tls_container_ref", server(null)));

        assertThat(made.path("tls_ciphers_policy").asString()).isEqualTo("tls-1-2");
        assertThat(made.path("client_ca_tls_container_ref").isNull()).isTrue();
        assertThat(made.path("security_policy_id").isNull()).isTrue();
        assertThat(made.path("sni_container_refs")).isEmpty();
    }

    @Test
    void needsCertificatesOfTheRightType() {
        var server = server("a.example");
        var authority = authority();

        assertThat(refusal(400, Map.of("default_tls_container_ref", authority)))
                .contains("'listener.default_tls_container_ref': needs a certificate of type server");
        assertThat(refusal(400, Map.of("default_tls_container_ref", server, "client_ca_tls_container_ref", server)))
                .contains("'listener.client_ca_tls_container_ref': needs a certificate of type client");
        assertThat(refusal(400, Map.of("default_tls_container_ref", server, "sni_container_refs", List.of(authority))))
                .contains("'listener.sni_container_refs': needs a certificate of type server");
        assertThat(refusal(404, Map.of("default_tls_container_ref", server, "sni_container_refs", List.of("x"))))
                .isEqualTo("certificate x could not be found.");
        assertThat(refusal(404, Map.of("default_tls_container_ref", server, "security_policy_id", "x")))
                .isEqualTo("security_policy x could not be found.");
    }

    @Test
    void findsEachSniCertificateByDomainsOfItsOwn() {
        var server = server("a.example");
        var tooMany = IntStream.range(0, 51).mapToObj(n -> "n" + n + ".example").collect(Collectors.joining(","));

        assertThat(sniRefusal(server, server(null))).contains("has no domain to be found by");
        assertThat(sniRefusal(server, server("A.example")))
                .contains("must not hold two certificates for the domain a.example");
        assertThat(sniRefusal(server, server)).contains("must not hold two certificates for the domain a.example");
        assertThat(sniRefusal(server(tooMany))).contains("must not have more than 50 domains in total");
        create(Map.of(
                "default_tls_container_ref",
                server,
                "sni_container_refs",
                List.of(server(tooMany.substring(0, tooMany.lastIndexOf(','))))));
    }

    private String sniRefusal(String... sni) {
        return refusal(
                400, Map.of("default_tls_container_ref", server(null), "sni_container_refs", Arrays.asList(sni)));
    }

    @Test
    void detachesWhatIsNullAndFreesIt() {
        var server = server("a.example");
        var other = server("b.example");
        var authority = authority();
        var policy = policy("TLSv1.2");
        var made = create(Map.of(
                "default_tls_container_ref",
                server,
                "client_ca_tls_container_ref",
                authority,
                "sni_container_refs",
                List.of(server),
                "security_policy_id",
                policy));

        assertThat(update(made, "{\"default_tls_container_ref\": null}")
                        .expect(400)
                        .path("error_msg")
                        .asString())
                .contains("'listener.default_tls_container_ref'");
        var bare = update(
                        made,
                        "{\"default_tls_container_ref\": \"" + other + "\", \"client_ca_tls_container_ref\": null,"
                                + " \"sni_container_refs\": null, \"security_policy_id\": null,"
                                + " \"tls_ciphers_policy\": null}")
                .expect(200)
                .path("listener");
        assertThat(bare.path("default_tls_container_ref").asString()).isEqualTo(other);
        assertThat(bare.path("client_ca_tls_container_ref").isNull()).isTrue();
        assertThat(bare.path("sni_container_refs")).isEmpty();
        assertThat(bare.path("security_policy_id").isNull()).isTrue();
        for (var free :
                List.of("/certificates/" + server, "/certificates/" + authority, "/security-policies/" + policy)) {
            api.delete(api.elb(free)).expect(204);
        }
        api.delete(api.elb("/listeners/" + id(made))).expect(204);
        api.delete(api.elb("/certificates/" + other)).expect(204);
    }

    @Test
    void keepsWhatItUsesFromBeingDeleted() {
        var server = server("a.example");
        var free = server(null);
        var policy = policy("TLSv1.2");
        var made = create(Map.of("default_tls_container_ref", server, "security_policy_id", policy));

        assertThat(api.delete(api.elb("/certificates/" + server))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .isEqualTo("listener " + id(made) + " is using this certificate.");
        assertThat(api.post(api.elb("/certificates/batch-delete"), Map.of("certificates", List.of(free, server)))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .isEqualTo("certificates[1]: listener " + id(made) + " is using this certificate.");
        api.get(api.elb("/certificates/" + free)).expect(200);
        assertThat(api.delete(api.elb("/security-policies/" + policy))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .isEqualTo("listener " + id(made) + " is using this security policy.");
    }

    @Test
    void isServedAnewWhenItsCertificateIsReplaced() {
        var server = server("a.example");
        create(Map.of("default_tls_container_ref", server));
        long before = generation();

        putCertificate(server, Map.of("name", "another name")).expect(200);
        assertThat(generation()).as("after a new name").isEqualTo(before);
        putCertificate(server, Map.of("certificate", FIRST.pem())).expect(200);
        assertThat(generation()).as("after the same content").isEqualTo(before);
        putCertificate(server, Map.of("certificate", SECOND.pem(), "private_key", SECOND.key()))
                .expect(200);
        assertThat(generation()).as("after new content").isEqualTo(before + 1);
        putCertificate(server, Map.of("domain", "b.example")).expect(200);
        assertThat(generation()).as("after another domain").isEqualTo(before + 2);
    }

    @Test
    void keepsTheDomainsThatSniNeeds() {
        var one = server("a.example");
        var two = server("b.example");
        var made = create(Map.of("default_tls_container_ref", one, "sni_container_refs", List.of(one, two)));

        assertThat(putCertificate(one, Map.of("domain", ""))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .startsWith("listener " + id(made) + " is using this certificate for SNI");
        assertThat(putCertificate(one, Map.of("domain", "c.example,b.example"))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .isEqualTo("sni_container_refs of listener " + id(made)
                        + " must not hold two certificates for the domain b.example.");
        putCertificate(one, Map.of("domain", "c.example")).expect(200);
        update(made, "{\"sni_container_refs\": []}").expect(200);
        putCertificate(one, Map.of("domain", "")).expect(200);
    }

    @Test
    void followsItsSecurityPolicy() {
        var policy = policy("TLSv1.2", "TLSv1.3");
        var older = policy("TLSv1.2");
        var server = server(null);
        assertThat(refusal(
                        400,
                        Map.of(
                                "default_tls_container_ref",
                                server,
                                "security_policy_id",
                                older,
                                "ssl_early_data_enable",
                                true)))
                .contains("'listener.ssl_early_data_enable': needs a security policy that allows TLSv1.3");
        var made = create(Map.of(
                "default_tls_container_ref", server, "security_policy_id", policy, "ssl_early_data_enable", true));
        long before = generation();

        putPolicy(policy, Map.of("name", "n")).expect(200);
        assertThat(generation()).isEqualTo(before);
        putPolicy(policy, Map.of("protocols", List.of("TLSv1.3"), "ciphers", List.of("TLS_AES_128_GCM_SHA256")))
                .expect(200);
        assertThat(generation()).isEqualTo(before + 1);
        assertThat(putPolicy(policy, Map.of("protocols", List.of("TLSv1.2"), "ciphers", List.of("AES128-SHA")))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .isEqualTo("listener " + id(made) + " has ssl_early_data_enable, which needs TLSv1.3.");
    }

    private String server(@Nullable String domain) {
        var body = new HashMap<String, Object>(Map.of("certificate", FIRST.pem(), "private_key", FIRST.key()));
        if (domain != null) {
            body.put("domain", domain);
        }
        return certificate(body);
    }

    private String authority() {
        return certificate(Map.of("type", "client", "certificate", FIRST.pem()));
    }

    private String certificate(Map<String, Object> body) {
        return api.post(api.elb("/certificates"), Map.of("certificate", body))
                .expect(201)
                .at("/certificate/id")
                .asString();
    }

    private Api.Answer putCertificate(String id, Map<String, Object> changes) {
        return api.put(api.elb("/certificates/" + id), Map.of("certificate", changes));
    }

    private String policy(String... protocols) {
        return api.post(
                        api.elb("/security-policies"),
                        Map.of(
                                "security_policy",
                                Map.of(
                                        "protocols",
                                        List.of(protocols),
                                        "ciphers",
                                        List.of("ECDHE-RSA-AES128-GCM-SHA256", "TLS_AES_128_GCM_SHA256"))))
                .expect(201)
                .at("/security_policy/id")
                .asString();
    }

    private Api.Answer putPolicy(String id, Map<String, Object> changes) {
        return api.put(api.elb("/security-policies/" + id), Map.of("security_policy", changes));
    }

    private JsonNode create(Map<String, Object> fields) {
        return post(fields).expect(201).path("listener");
    }

    private String refusal(int status, Map<String, Object> fields) {
        return post(fields).expect(status).path("error_msg").asString();
    }

    private Api.Answer post(Map<String, Object> fields) {
        var body = new HashMap<String, Object>(
                Map.of("loadbalancer_id", loadBalancerId, "protocol", "HTTPS", "protocol_port", 443));
        body.putAll(fields);
        return api.post(api.elb("/listeners"), Map.of("listener", body));
    }

    private Api.Answer update(JsonNode listener, String changes) {
        return api.put(api.elb("/listeners/" + id(listener)), "{\"listener\": " + changes + "}");
    }

    private JsonNode show(JsonNode listener) {
        return api.get(api.elb("/listeners/" + id(listener))).expect(200).path("listener");
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asString();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static List<String> texts(JsonNode array, String attribute) {
        return array.valueStream().map(item -> item.path(attribute).asString()).toList();
    }

    private int usesOf(JsonNode listener) {
        return jdbc.sql("select count(*) from listener_certificate where listener_id = :id")
                .param("id", UUID.fromString(id(listener)))
                .query(Integer.class)
                .single();
    }

    private long generation() {
        return jdbc.sql("select generation from load_balancer where id = :id")
                .param("id", UUID.fromString(loadBalancerId))
                .query(Long.class)
                .single();
    }
}
