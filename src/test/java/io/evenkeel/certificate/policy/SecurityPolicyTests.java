package io.evenkeel.certificate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.elb.v3.model.CreateSecurityPolicyOption.CiphersEnum;
import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class SecurityPolicyTests {

    private static final List<String> CIPHERS = List.of("ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA");

    @Autowired
    private Api api;

    @Test
    void keepsEveryField() {
        var made = create(Map.of(
                "name",
                "n",
                "description",
                "d",
                "enterprise_project_id",
                "eps-1",
                "protocols",
                List.of("TLSv1.2", "TLSv1.1"),
                "ciphers",
                CIPHERS));

        assertThat(made.path("id").asString()).hasSize(36);
        assertThat(made.path("name").asString()).isEqualTo("n");
        assertThat(made.path("description").asString()).isEqualTo("d");
        assertThat(made.path("project_id").asString()).isEqualTo(api.projectId());
        assertThat(texts(made.path("protocols"))).containsExactly("TLSv1.2", "TLSv1.1");
        assertThat(texts(made.path("ciphers"))).isEqualTo(CIPHERS);
        assertThat(made.path("listeners").isArray()).isTrue();
        assertThat(made.path("listeners")).isEmpty();
        assertThat(made.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(made.path("updated_at")).isEqualTo(made.path("created_at"));
        assertThat(api.get(path(made)).expect(200).path("security_policy")).isEqualTo(made);
    }

    @Test
    void changesWhatIsPresent() {
        var made = create(Map.of("protocols", List.of("TLSv1.2"), "ciphers", CIPHERS, "name", "n"));
        assertThat(made.path("description").asString()).isEmpty();

        var changed = update(made, "{\"ciphers\": [\"TLS_AES_128_GCM_SHA256\"], \"protocols\": [\"TLSv1.3\"]}")
                .expect(200)
                .path("security_policy");
        assertThat(texts(changed.path("protocols"))).containsExactly("TLSv1.3");
        assertThat(changed.path("name").asString()).isEqualTo("n");
        assertThat(update(made, "{\"name\": null}")
                        .expect(200)
                        .at("/security_policy/name")
                        .asString())
                .isEmpty();
        for (var wrong : List.of("{\"protocols\": null}", "{\"ciphers\": null}", "{\"protocols\": [\"TLSv1\"]}")) {
            update(made, wrong).expect(400);
        }
        assertThat(texts(api.get(path(made)).expect(200).at("/security_policy/protocols")))
                .containsExactly("TLSv1.3");
        api.delete(path(made)).expect(204);
        api.get(path(made)).expect(404);
        api.delete(path(made)).expect(404);
        update(made, "{\"name\": \"x\"}").expect(404);
    }

    static Stream<Map<String, Object>> refused() {
        return Stream.of(
                bad("name", "a".repeat(256), "'security_policy.name'"),
                bad("description", 5, "description"),
                bad("protocols", List.of(), "'security_policy.protocols': must hold 1..5"),
                bad("protocols", List.of("SSLv3"), "must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3"),
                bad("protocols", "TLSv1.2", "protocols"),
                bad("ciphers", List.of(), "'security_policy.ciphers': must hold 1..30"),
                bad("ciphers", List.of("RC4-SHA"), "must be the name of a cipher"),
                bad("ciphers", List.of("TLS_AES_128_GCM_SHA256"), "'security_policy.ciphers': must hold at least one"),
                bad("enterprise_project_id", "0", "'security_policy.enterprise_project_id'"),
                bad("listeners", List.of(), "Unrecognized attribute(s) 'listeners"));
    }

    private static Map<String, Object> bad(String attribute, Object value, String message) {
        return Map.of("attribute", attribute, "value", value, "message", message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesByName(Map<String, Object> bad) {
        var body = new HashMap<String, Object>(Map.of("protocols", List.of("TLSv1.2"), "ciphers", CIPHERS));
        body.put((String) bad.get("attribute"), bad.get("value"));

        assertThat(api.post(api.elb("/security-policies"), Map.of("security_policy", body))
                        .expect(400)
                        .path("error_msg")
                        .asString())
                .contains((String) bad.get("message"));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1, AES128-SHA, true",
        "TLSv1.2, AES128-SHA, true",
        "TLSv1.3, AES128-SHA, false",
        "TLSv1, DES-CBC3-SHA, true",
        "TLSv1.1, AES128-SHA256, false",
        "TLSv1.2, AES256-GCM-SHA384, true",
        "TLSv1.2, ECDHE-RSA-CHACHA20-POLY1305, true",
        "TLSv1.3, ECDHE-RSA-CHACHA20-POLY1305, false",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256, true",
        "TLSv1.2, TLS_CHACHA20_POLY1305_SHA256, false"
    })
    void knowsWhichCiphersFitWhichProtocols(String protocol, String cipher, boolean fits) {
        assertThat(CipherSuites.fit(List.of(protocol), List.of(cipher))).isEqualTo(fits);
    }

    @Test
    void knowsTheCiphersThatTheSdkKnows() {
        var ofSdk = Arrays.stream(CiphersEnum.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == CiphersEnum.class)
                .map(field -> {
                    try {
                        return String.valueOf(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(CipherSuites.CIPHERS.split("\\|"))
                .containsExactlyInAnyOrderElementsOf(ofSdk)
                .hasSize(28);
    }

    @Test
    void listsWithFiltersAndAFixedNumberOfStatements() {
        var name = "list-" + System.nanoTime();
        var made = create(Map.of("protocols", List.of("TLSv1.2"), "ciphers", CIPHERS, "name", name));
        var other = create(Map.of(
                "protocols",
                List.of("TLSv1.3", "TLSv1.2"),
                "ciphers",
                List.of("TLS_AES_128_CCM_8_SHA256"),
                "name",
                name,
                "description",
                name));

        assertThat(list("name=" + name)).containsExactly(id(made), id(other));
        assertThat(list("name=" + name + "&id=" + id(other))).containsExactly(id(other));
        assertThat(list("description=" + name)).containsExactly(id(other));
        assertThat(list("name=" + name + "&protocols=TLSv1.3")).containsExactly(id(other));
        assertThat(list("name=" + name + "&ciphers=AES128-SHA&ciphers=x")).containsExactly(id(made));
        assertThat(list("name=" + name + "&limit=1&marker=" + id(made))).containsExactly(id(other));
        api.get(api.elb("/security-policies?nonsense=1")).expect(400);
        assertThat(Statements.during(() -> list("id=" + id(made))))
                .isEqualTo(Statements.during(() -> list("name=" + name)));
    }

    @Test
    void showsTheSystemsPolicies() {
        var policies = api.get(api.elb("/system-security-policies")).expect(200).path("system_security_policies");

        assertThat(policies.valueStream().map(policy -> policy.path("name").asString()))
                .containsExactlyInAnyOrder(SystemSecurityPolicy.NAMES.split("\\|"));
        var first = policies.get(0);
        assertThat(first.path("name").asString()).isEqualTo("tls-1-0");
        assertThat(first.path("project_id").asString()).isEqualTo(api.projectId());
        assertThat(first.path("protocols").asString()).isEqualTo("TLSv1.2 TLSv1.1 TLSv1");
        assertThat(first.path("ciphers").asString().split(":")).hasSize(18).contains("AES256-SHA");
    }

    @Test
    void systemPoliciesHoldWhatTheContractLists() {
        var sizes = SystemSecurityPolicy.ALL.stream()
                .map(policy -> policy.name() + " "
                        + policy.ciphers().stream().distinct().count())
                .toList();

        assertThat(sizes)
                .containsExactly(
                        "tls-1-0 18",
                        "tls-1-0-inherit 33",
                        "tls-1-1 18",
                        "tls-1-2 18",
                        "tls-1-2-strict 12",
                        "tls-1-2-fs 8",
                        "tls-1-0-with-1-3 23",
                        "tls-1-2-fs-with-1-3 13",
                        "hybrid-policy-1-0 18",
                        "tls-1-2-strict-no-cbc 6");
    }

    private JsonNode create(Map<String, Object> body) {
        return api.post(api.elb("/security-policies"), Map.of("security_policy", body))
                .expect(201)
                .path("security_policy");
    }

    private Api.Answer update(JsonNode policy, String changes) {
        return api.put(path(policy), "{\"security_policy\": " + changes + "}");
    }

    private List<String> list(String query) {
        return api.get(api.elb("/security-policies?" + query))
                .expect(200)
                .path("security_policies")
                .valueStream()
                .map(SecurityPolicyTests::id)
                .toList();
    }

    private String path(JsonNode policy) {
        return api.elb("/security-policies/" + id(policy));
    }

    private static String id(JsonNode policy) {
        return policy.path("id").asString();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
