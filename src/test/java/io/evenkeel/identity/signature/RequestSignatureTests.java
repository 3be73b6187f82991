package io.evenkeel.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ElbException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against requests recorded from the official Java SDK (wire contract, auth.md §8), whole and tampered with. */
class RequestSignatureTests {

    private static final Secret SECRET = new Secret("secret-key-example-0001");
    private static final String PROJECT = "99a3fff0d03c428eac3678da6a7d0f24";
    private static final String ELB = "/v3/" + PROJECT + "/elb";
    private static final String SIGNED = "host;user-agent;x-project-id;x-sdk-date";
    private static final String CREATE_SIGNATURE = "01d7f31a4494ee436682b5670c5c1539601053000b31cbb17b6c0915b6601e92";
    private static final String BODY = """
            {"loadbalancer":{"name":"probe-032f2346-a","description":"by the SDK probe",\
            "vip_subnet_cidr_id":"22222222-2222-4222-8222-222222222222","guaranteed":true,\
            "vpc_id":"11111111-1111-4111-8111-111111111111","availability_zone_list":["az1"],\
            "tags":[{"key":"owner","value":"probe"}],"admin_state_up":true,"ip_target_enable":true}}""";

    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "host", List.of("127.0.0.1:18080"),
            "user-agent", List.of("huaweicloud-usdk-java/3.0"),
            "x-project-id", List.of(PROJECT),
            "x-sdk-date", List.of("20261122T094932Z")));

    private ReceivedRequest request(String method, String path, String query, String body) {
        return new ReceivedRequest(
                method,
                path,
                query,
                name -> headers.getOrDefault(name, List.of()),
                Sha256.hex(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static ClaimedSignature claim(String signedHeaders, String signature) {
        return ClaimedSignature.parse("SDK-HMAC-SHA256 Access=AKEXAMPLE0000000001, SignedHeaders=" + signedHeaders
                + ", Signature=" + signature);
    }

    private boolean acceptsCreate(ReceivedRequest request) {
        return RequestSignature.matches(request, claim(SIGNED, CREATE_SIGNATURE), SECRET);
    }

    private ReceivedRequest create() {
        return request("POST", ELB + "/loadbalancers", "", BODY);
    }

    @Test
    void acceptsARecordedRequestWithABody() {
        assertThat(acceptsCreate(create())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        20261122T094933Z | member_address=203.0.113.250&member_address=192.168.0.11 | 37f58e546eb89f775110c66eba718b203abd9fa28f7dad1ad8cf6ea705370fc1
        20261122T094934Z | name=b%20c%2Bd%2Fe%3Df%26g*h%7Ei%25j&name=%E5%90%8D%E5%AD%97&name=a&description=z&description=a%20a | 19b262a4062d523467d94bdd46e58d6d93db293ad9dd4569b417da36d966f2c6
        """)
    void acceptsRecordedQueries(String date, String query, String signature) {
        headers.put("x-sdk-date", List.of(date));
        var recorded = request("GET", ELB + "/loadbalancers", query, "");

        assertThat(RequestSignature.matches(recorded, claim(SIGNED, signature), SECRET))
                .isTrue();
        assertThat(RequestSignature.matches(
                        request("GET", ELB + "/loadbalancers", query + "&limit=1", ""),
                        claim(SIGNED, signature),
                        SECRET))
                .isFalse();
    }

    @Test
    void acceptsTheRecordedCallForVersions() {
        headers.put("x-sdk-date", List.of("20261122T094441Z"));
        var signature = claim(SIGNED, "89f505924ae35bb913a9c2cc4773c60ba497a6cc9d140ccdc09bb18820c6da2c");

        assertThat(RequestSignature.matches(request("GET", "/versions", "", ""), signature, SECRET))
                .isTrue();
        assertThat(RequestSignature.matches(request("GET", "/versions/", "", ""), signature, SECRET))
                .isTrue();
    }

    /** The Go, Python and Node clients sort the values of a name, the Java client does not. */
    @Test
    void acceptsRepeatedNamesInEitherOrder() {
        headers.put("x-sdk-date", List.of("20261122T094933Z"));
        var sorted = request("GET", ELB + "/pools", "id=1&id=2", "");
        var arrived = request("GET", ELB + "/pools", "id=2&id=1", "");
        var signature = Signer.sign(sorted, SIGNED, SECRET);

        assertThat(RequestSignature.matches(arrived, claim(SIGNED, signature), SECRET))
                .isTrue();
        var signedAsArrived = Signer.sign(arrived, SIGNED, SECRET);
        assertThat(RequestSignature.matches(arrived, claim(SIGNED, signedAsArrived), SECRET))
                .isTrue();
        assertThat(RequestSignature.matches(sorted, claim(SIGNED, signedAsArrived), SECRET))
                .isFalse();
    }

    @Test
    void refusesAnotherSecret() {
        assertThat(RequestSignature.matches(
                        create(), claim(SIGNED, CREATE_SIGNATURE), new Secret("secret-key-example-0002")))
                .isFalse();
    }

    @Test
    void refusesASwappedBody() {
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancers", "", BODY.replace("probe-0", "probe-1"))))
                .isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancers", "", "")))
                .isFalse();
    }

    @Test
    void refusesAnotherMethodPathOrQuery() {
        assertThat(acceptsCreate(request("PUT", ELB + "/loadbalancers", "", BODY)))
                .isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "/listeners", "", BODY))).isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "//loadbalancers", "", BODY)))
                .isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancers", "force=true", BODY)))
                .isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancers", "force", BODY)))
                .isFalse();
    }

    @Test
    void readsAnEncodedPathOnceAndNoMore() {
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancer%73", "", BODY)))
                .isTrue();
        assertThat(acceptsCreate(request("POST", ELB + "/loadbalancer%2573", "", BODY)))
                .isFalse();
        assertThat(acceptsCreate(request("POST", ELB + "%2Floadbalancers", "", BODY)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "user-agent", "x-project-id", "x-sdk-date"})
    void refusesAChangedMissingOrRepeatedSignedHeader(String name) {
        var value = headers.getOrDefault(name, List.of()).getFirst();

        headers.put(name, List.of(value + "0"));
        assertThat(acceptsCreate(create())).isFalse();

        for (var values : List.of(List.<String>of(), List.of(value, value))) {
            headers.put(name, values);
            assertThatExceptionOfType(ElbException.class)
                    .isThrownBy(() -> acceptsCreate(create()))
                    .withMessageContaining("the signed header " + name + " must stand exactly once");
        }
    }

    @Test
    void leavesUnsignedHeadersAlone() {
        headers.put("x-sdk-content-sha256", List.of("UNSIGNED-PAYLOAD"));
        headers.put("accept", List.of("a", "b"));

        assertThat(acceptsCreate(create())).isTrue();
    }

    @Test
    void comparesASignedContentHashWithTheBody() {
        var names = "host;x-sdk-content-sha256;x-sdk-date";
        headers.put(
                "x-sdk-content-sha256", List.of("23cd220487717064e7253dd09ecec25515f445007164e65e247c5a49c5853eee"));
        var signature = claim(names, Signer.sign(create(), names, SECRET));

        assertThat(RequestSignature.matches(create(), signature, SECRET)).isTrue();
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() ->
                        RequestSignature.matches(request("POST", ELB + "/loadbalancers", "", "{}"), signature, SECRET))
                .withMessageContaining("X-Sdk-Content-Sha256");

        headers.put("x-sdk-content-sha256", List.of("UNSIGNED-PAYLOAD"));
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() -> RequestSignature.matches(create(), signature, SECRET))
                .withMessageContaining("X-Sdk-Content-Sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=1"})
    void refusesABrokenEncoding(String query) {
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() -> acceptsCreate(request("POST", ELB + "/loadbalancers", query, BODY)));
    }
}
