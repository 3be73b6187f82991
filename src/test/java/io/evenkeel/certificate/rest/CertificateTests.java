package io.evenkeel.certificate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Issued;
import io.evenkeel.testing.Pki.Wish;
import io.evenkeel.testing.Statements;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class CertificateTests {

    private static final Issued ROOT =
            Pki.selfSigned(Wish.of("root").keys(Pki.ec(2)).authority());
    private static final Issued LEAF =
            Pki.issue(Wish.of("www.example.com").names("www.example.com", "example.com"), ROOT);
    private static final Issued RSA = Pki.selfSigned(Wish.of("rsa.example").keys(Pki.rsa(2048, 1)));

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void answersDefaultsAndWhatTheLeafSays() {
        var made = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));

        assertThat(made.path("id").asString()).matches("[0-9a-f]{32}");
        assertThat(made.path("name").asString()).isEmpty();
        assertThat(made.path("description").asString()).isEmpty();
        assertThat(made.path("project_id").asString()).isEqualTo(api.projectId());
        assertThat(made.path("admin_state_up").asBoolean()).isTrue();
        assertThat(made.path("type").asString()).isEqualTo("server");
        assertThat(made.path("certificate").asString()).isEqualTo(LEAF.pem());
        assertThat(made.has("private_key")).isTrue();
        assertThat(made.path("private_key").isNull()).isTrue();
        assertThat(made.path("domain").isNull()).isTrue();
        assertThat(made.path("common_name").asString()).isEqualTo("www.example.com");
        assertThat(made.path("subject_alternative_names").size()).isEqualTo(2);
        assertThat(made.path("fingerprint").asString()).matches("[0-9a-f]{64}");
        assertThat(made.path("expire_time").asString())
                .isEqualTo(LEAF.certificate().getNotAfter().toInstant().toString());
        assertThat(made.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(made.has("scm_certificate_id")).isFalse();
        assertThat(made.has("enc_certificate")).isFalse();
        assertThat(show(made)).isEqualTo(made);
    }

    @Test
    void keepsEveryField() {
        var made = create(Map.ofEntries(
                Map.entry("name", "n"),
                Map.entry("description", "d"),
                Map.entry("admin_state_up", false),
                Map.entry("type", "server"),
                Map.entry("project_id", api.projectId()),
                Map.entry("enterprise_project_id", "eps-1"),
                Map.entry("certificate", Pki.bundle(LEAF, ROOT)),
                Map.entry("private_key", LEAF.traditionalKey()),
                Map.entry("domain", "www.example.com,*.Example.com"),
                Map.entry("scm_certificate_id", "scm1"),
                Map.entry("source", "own"),
                Map.entry("protection_status", "consoleProtection"),
                Map.entry("protection_reason", "prod")));

        assertThat(made.path("name").asString()).isEqualTo("n");
        assertThat(made.path("description").asString()).isEqualTo("d");
        assertThat(made.path("admin_state_up").asBoolean()).isFalse();
        assertThat(made.path("certificate").asString()).isEqualTo(Pki.bundle(LEAF, ROOT));
        assertThat(made.path("domain").asString()).isEqualTo("www.example.com,*.Example.com");
        assertThat(made.path("scm_certificate_id").asString()).isEqualTo("scm1");
        assertThat(made.path("source").asString()).isEqualTo("own");
        assertThat(made.path("protection_status").asString()).isEqualTo("consoleProtection");
        assertThat(made.path("protection_reason").asString()).isEqualTo("prod");
        assertThat(show(made)).isEqualTo(made);
    }

    @Test
    void keepsNoKeyOfAnAuthority() {
        var made = create(Map.of("type", "client", "certificate", ROOT.pem(), "private_key", ROOT.key()));

        assertThat(made.path("type").asString()).isEqualTo("client");
        assertThat(sealedKey(made)).isNull();
    }

    @Test
    void keepsKeysSealedAndEchoesThemOnlyWhereAsked() {
        var other = project();
        var path = "/v3/" + other.projectId() + "/elb/certificates";
        var made = other.post(path, Map.of("certificate", Map.of("certificate", LEAF.pem(), "private_key", LEAF.key())))
                .expect(201)
                .path("certificate");
        assertThat(new String(Objects.requireNonNull(sealedKey(made)), StandardCharsets.ISO_8859_1))
                .doesNotContain("PRIVATE");
        assertThat(made.path("private_key").isNull()).isTrue();

        var setting = path + "/settings/private-key-echo";
        assertThat(other.get(setting).expect(200).path("private_key_echo").asBoolean())
                .isFalse();
        assertThat(other.post(setting, Map.of("private_key_echo", true))
                        .expect(200)
                        .path("private_key_echo")
                        .asBoolean())
                .isTrue();
        assertThat(other.get(setting).expect(200).path("private_key_echo").asBoolean())
                .isTrue();

        var one = path + "/" + made.path("id").asString();
        assertThat(other.get(one).expect(200).at("/certificate/private_key").asString())
                .isEqualTo(LEAF.key());
        assertThat(other.get(path).expect(200).at("/certificates/0/private_key").asString())
                .isEqualTo(LEAF.key());
        assertThat(create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()))
                        .path("private_key")
                        .isNull())
                .as("another project's answers")
                .isTrue();

        other.post(setting, Map.of("private_key_echo", false)).expect(200);
        assertThat(other.get(one).expect(200).at("/certificate/private_key").isNull())
                .isTrue();
        other.post(setting, Map.of()).expect(400);
    }

    static Stream<Map<String, Object>> refused() {
        var long65537 = "a".repeat(65537);
        return Stream.of(
                bad("certificate", "nonsense", "Invalid private key or certificate content. certificate must be PEM"),
                bad("certificate", long65537, "'certificate.certificate': must be at most 65536"),
                bad("certificate", LEAF.pem() + "\u0001", "'certificate.certificate': must not contain control"),
                bad("certificate", Pki.bundle(ROOT, LEAF), "certificate 2 of the chain (CN=www.example.com) did not"),
                bad("certificate", RSA.pem(), "private_key does not belong to the first certificate"),
                bad("private_key", "nonsense", "private_key must be PEM"),
                bad("private_key", "a".repeat(8193), "'certificate.private_key': must be at most 8192"),
                bad("private_key", RSA.key(), "private_key does not belong"),
                bad("name", "a".repeat(256), "'certificate.name'"),
                bad("name", "a\nb", "'certificate.name'"),
                bad("description", "a".repeat(256), "'certificate.description'"),
                bad("type", "server_sm", "'certificate.type': must be server or client; server_sm (SM2)"),
                bad("type", "client", "certificate 1 of the chain (CN=www.example.com) is not that of an authority"),
                bad("enc_certificate", "x", "'certificate.enc_certificate': needs type server_sm"),
                bad("enc_private_key", "x", "'certificate.enc_private_key': needs type server_sm"),
                bad("domain", "a".repeat(10001), "'certificate.domain': must be 0..10000"),
                bad("domain", "a.*.b", "'certificate.domain': must be domain names"),
                bad("domain", "*", "'certificate.domain'"),
                bad("domain", "a.b,,c.d", "'certificate.domain'"),
                bad("domain", "-a.b", "'certificate.domain'"),
                bad("domain", "a".repeat(64) + ".b", "'certificate.domain'"),
                bad("domain", "a.b,A.b", "'certificate.domain': must not hold a name twice"),
                bad("domain", domains(101), "'certificate.domain': must hold at most 100 names"),
                bad("scm_certificate_id", "", "'certificate.scm_certificate_id'"),
                bad("protection_status", "no", "'certificate.protection_status'"),
                bad("protection_reason", "why", "'certificate.protection_reason': needs protection_status"),
                bad("project_id", "other", "'certificate.project_id': must be the project of the path"),
                bad("enterprise_project_id", "0", "'certificate.enterprise_project_id'"),
                bad("admin_state_up", "yes", "admin_state_up"),
                bad("expire_time", "2030-01-01T00:00:00Z", "Unrecognized attribute(s) 'expire_time'"));
    }

    private static Map<String, Object> bad(String attribute, Object value, String message) {
        return Map.of("attribute", attribute, "value", value, "message", message);
    }

    private static String domains(int count) {
        return Stream.iterate(1, n -> n + 1)
                .limit(count)
                .map(n -> "d" + n + ".x")
                .reduce((a, b) -> a + "," + b)
                .get();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesByName(Map<String, Object> bad) {
        int before = count();
        var body = new HashMap<String, Object>(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        body.put((String) bad.get("attribute"), bad.get("value"));

        var answer = api.post(api.elb("/certificates"), Map.of("certificate", body));
        assertThat(answer.expect(400).path("error_msg").asString()).contains((String) bad.get("message"));
        assertThat(answer.raw().body()).doesNotContain("PRIVATE KEY");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void needsContentAndKey() {
        assertThat(refusal(Map.of("private_key", LEAF.key()))).contains("'certificate.certificate'");
        assertThat(refusal(Map.of("certificate", LEAF.pem()))).contains("'certificate.private_key'");
        assertThat(refusal(Map.of("scm_certificate_id", "scm1")))
                .contains("'certificate.scm_certificate_id': cannot stand in for certificate");
        api.post(api.elb("/certificates"), Map.of()).expect(400);
    }

    @Test
    void replacesContentAndKeyTogether() {
        var made = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key(), "name", "n"));

        assertThat(update(made, Map.of("certificate", RSA.pem()))
                        .expect(400)
                        .path("error_code")
                        .asString())
                .isEqualTo("ELB.1011");
        assertThat(update(made, Map.of("private_key", RSA.key()))
                        .expect(400)
                        .path("error_code")
                        .asString())
                .isEqualTo("ELB.1011");
        var changed = update(made, Map.of("certificate", RSA.pem(), "private_key", RSA.key()))
                .expect(200)
                .path("certificate");
        assertThat(changed.path("common_name").asString()).isEqualTo("rsa.example");
        assertThat(changed.path("subject_alternative_names").size()).isZero();
        assertThat(changed.path("name").asString()).isEqualTo("n");
        assertThat(changed.path("fingerprint")).isNotEqualTo(made.path("fingerprint"));
        assertThat(show(made)).isEqualTo(changed);
    }

    @Test
    void changesWhatIsPresentAndClearsForNull() {
        var made = create(Map.of(
                "certificate",
                LEAF.pem(),
                "private_key",
                LEAF.key(),
                "name",
                "n",
                "domain",
                "a.b",
                "scm_certificate_id",
                "s",
                "protection_status",
                "consoleProtection",
                "protection_reason",
                "r"));

        var renamed = update(made, "{\"name\": \"m\"}").expect(200).path("certificate");
        assertThat(renamed.path("name").asString()).isEqualTo("m");
        assertThat(renamed.path("domain").asString()).isEqualTo("a.b");
        var cleared = update(
                        made,
                        "{\"name\": null, \"description\": null, \"domain\": null, \"scm_certificate_id\": null,"
                                + " \"protection_status\": null}")
                .expect(200)
                .path("certificate");
        assertThat(cleared.path("name").asString()).isEmpty();
        assertThat(cleared.path("domain").isNull()).isTrue();
        assertThat(cleared.has("scm_certificate_id")).isFalse();
        assertThat(cleared.path("protection_status").asString()).isEqualTo("nonProtection");
        assertThat(update(made, "{\"domain\": \"\"}")
                        .expect(200)
                        .at("/certificate/domain")
                        .asString())
                .isEmpty();
        update(made, "{\"certificate\": null}").expect(400);
        update(made, "{\"private_key\": null}").expect(400);
        assertThat(update(made, "{\"type\": \"client\"}")
                        .expect(400)
                        .path("error_msg")
                        .asString())
                .contains("Unrecognized attribute(s)");
        assertThat(show(made).path("common_name")).isEqualTo(made.path("common_name"));
    }

    @Test
    void acceptsAnExpiredCertificate() {
        var expired = Pki.selfSigned(
                Wish.of("old").valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z")));

        var made = create(Map.of("certificate", expired.pem(), "private_key", expired.key()));
        assertThat(made.path("expire_time").asString()).isEqualTo("2021-01-01T00:00:00Z");
    }

    @Test
    void warnsOfACertificateThatClientsWillRefuse() {
        var from = Instant.parse("2020-01-01T00:00:00Z");
        var expired = Pki.selfSigned(Wish.of("old").valid(from, Instant.parse("2021-01-01T00:00:00Z")));
        var early = Pki.selfSigned(
                Wish.of("early").valid(Instant.parse("2190-01-01T00:00:00Z"), Instant.parse("2191-01-01T00:00:00Z")));
        var gone = "CERTIFICATE_EXPIRED: The certificate expired at 2021-01-01T00:00:00Z;"
                + " clients will refuse it. Send a new one.";
        var coming = "CERTIFICATE_NOT_YET_VALID: The certificate is valid only from 2190-01-01T00:00:00Z;"
                + " clients refuse it until then.";

        var made = send("POST", "", LEAF);
        var path = "/" + made.body().at("/certificate/id").asString();
        assertThat(warnings(made)).isEmpty();
        assertThat(warnings(send("PUT", path, expired))).containsExactly(gone);
        assertThat(warnings(send("PUT", path, early))).containsExactly(coming);
        assertThat(warnings(send("PUT", path, LEAF))).isEmpty();
        assertThat(warnings(send("POST", "", expired))).containsExactly(gone);
        assertThat(warnings(send("POST", "?dry_run=true", early))).containsExactly(coming);
    }

    private Api.Answer send(String method, String path, Issued issued) {
        var body = Map.of("certificate", Map.of("certificate", issued.pem(), "private_key", issued.key()));
        return api.send(method, api.elb("/certificates" + path), body, Map.of());
    }

    private static List<String> warnings(Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isLessThan(300);
        return answer.body()
                .path("warnings")
                .valueStream()
                .map(warning -> warning.path("code").asString() + ": "
                        + warning.path("message").asString())
                .toList();
    }

    @Test
    void deletesOneAndMany() {
        var one = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        var two = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        var three = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        api.delete(path(one)).expect(204);
        api.get(path(one)).expect(404);
        api.delete(path(one)).expect(404);

        var body = Map.of("certificates", List.of(id(two), id(one), "nonsense", id(three)));
        var results = api.post(api.elb("/certificates/batch-delete"), body)
                .expect(200)
                .path("certificates");
        assertThat(results.findValuesAsString("ret_status"))
                .containsExactly("successful", "not found", "not found", "successful");
        assertThat(results.findValuesAsString("id")).containsExactly(id(two), id(one), "nonsense", id(three));
        api.get(path(two)).expect(404);
        api.post(api.elb("/certificates/batch-delete"), Map.of("certificates", List.of()))
                .expect(400);
    }

    @Test
    void anotherProjectsCertificateIsAbsent() {
        var made = create(Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        var other = project();
        var path = "/v3/" + other.projectId() + "/elb/certificates/" + id(made);

        var absent = "0".repeat(32);
        assertThat(other.get(path).expect(404).path("error_msg").asString())
                .isEqualTo(other.get(path.replace(id(made), absent))
                        .expect(404)
                        .path("error_msg")
                        .asString()
                        .replace(absent, id(made)));
        other.put(path, Map.of("certificate", Map.of("name", "x"))).expect(404);
        other.delete(path).expect(404);
        assertThat(other.post(
                                "/v3/" + other.projectId() + "/elb/certificates/batch-delete",
                                Map.of("certificates", List.of(id(made))))
                        .expect(200)
                        .at("/certificates/0/ret_status")
                        .asString())
                .isEqualTo("not found");
        assertThat(show(made)).isEqualTo(made);
    }

    @Test
    void listsWithFiltersAndPages() {
        var other = project();
        var path = "/v3/" + other.projectId() + "/elb/certificates";
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(other.post(
                            path,
                            Map.of(
                                    "certificate",
                                    Map.of(
                                            "certificate",
                                            (i == 2 ? RSA : LEAF).pem(),
                                            "private_key",
                                            (i == 2 ? RSA : LEAF).key(),
                                            "name",
                                            "n" + i,
                                            "description",
                                            "d" + i,
                                            "domain",
                                            "a" + i + ".x,b" + i + ".x",
                                            "scm_certificate_id",
                                            "s" + i)))
                    .expect(201)
                    .at("/certificate/id")
                    .asString());
        }
        var authority = other.post(path, Map.of("certificate", Map.of("type", "client", "certificate", ROOT.pem())))
                .expect(201)
                .at("/certificate");

        var third = other.get(path + "/" + ids.get(2)).expect(200).path("certificate");
        for (var query : List.of(
                "id=" + ids.get(2),
                "name=n2",
                "description=d2",
                "domain=b2.x",
                "domain=a2.x,b2.x",
                "scm_certificate_id=s2",
                "common_name=rsa.example",
                "fingerprint=" + third.path("fingerprint").asString(),
                "type=server&name=n2&name=none&admin_state_up=true&enterprise_project_id=0")) {
            assertThat(idsOf(other.get(path + "?" + query))).as(query).containsExactly(ids.get(2));
        }
        assertThat(idsOf(other.get(path + "?type=client"))).containsExactly(id(authority));
        for (var query : List.of("name=x", "source=x", "protection_status=x", "protection_reason=x", "id=x")) {
            assertThat(idsOf(other.get(path + "?" + query))).as(query).isEmpty();
        }
        other.get(path + "?nonsense=1").expect(400);
        var page = other.get(path + "?limit=2").expect(200);
        assertThat(idsOf(other.get(path + "?limit=2"))).containsExactly(ids.get(0), ids.get(1));
        var marker = page.at("/page_info/next_marker").asString();
        assertThat(idsOf(other.get(path + "?limit=2&marker=" + marker))).containsExactly(ids.get(2), id(authority));
        other.get(path + "?limit=2&marker=nonsense").expect(400);
    }

    @Test
    void listsWithAFixedNumberOfStatements() {
        var other = project();
        var path = "/v3/" + other.projectId() + "/elb/certificates";
        var body = Map.of("certificate", Map.of("certificate", LEAF.pem(), "private_key", LEAF.key()));
        other.post(path, body).expect(201);
        int one = Statements.during(() -> other.get(path).expect(200));
        for (int i = 0; i < 5; i++) {
            other.post(path, body).expect(201);
        }

        assertThat(Statements.during(() -> other.get(path).expect(200))).isEqualTo(one);
    }

    private Api project() {
        var id = UUID.randomUUID().toString().replace("-", "");
        api.post("/identity/v1/projects", Map.of("project", Map.of("id", id, "name", "shop")))
                .expect(201);
        var token = api.post("/identity/v1/tokens", Map.of("token", Map.of("project_id", id, "role", "operator")))
                .expect(201);
        return api.as(id, token.at("/token/token").asString());
    }

    private String refusal(Map<String, Object> body) {
        return api.post(api.elb("/certificates"), Map.of("certificate", body))
                .expect(400)
                .path("error_msg")
                .asString();
    }

    private JsonNode create(Map<String, Object> body) {
        return api.post(api.elb("/certificates"), Map.of("certificate", body))
                .expect(201)
                .path("certificate");
    }

    private Api.Answer update(JsonNode certificate, Map<String, Object> changes) {
        return api.put(path(certificate), Map.of("certificate", changes));
    }

    private Api.Answer update(JsonNode certificate, String changes) {
        return api.put(path(certificate), "{\"certificate\": " + changes + "}");
    }

    private JsonNode show(JsonNode certificate) {
        return api.get(path(certificate)).expect(200).path("certificate");
    }

    private String path(JsonNode certificate) {
        return api.elb("/certificates/" + id(certificate));
    }

    private static String id(JsonNode certificate) {
        return certificate.path("id").asString();
    }

    private static List<String> idsOf(Api.Answer list) {
        return list.expect(200).path("certificates").findValuesAsString("id");
    }

    private byte @Nullable [] sealedKey(JsonNode certificate) {
        return jdbc.sql("select sealed_private_key from certificate where id = :id")
                .param("id", id(certificate))
                .query((row, n) -> Optional.ofNullable(row.getBytes(1)))
                .single()
                .orElse(null);
    }

    private int count() {
        return jdbc.sql("select count(*) from certificate where project_id = :project")
                .param("project", api.projectId())
                .query(Integer.class)
                .single();
    }
}
