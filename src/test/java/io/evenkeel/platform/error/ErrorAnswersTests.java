package io.evenkeel.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.platform.web.BodyLimitFilter;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is wrong with a request, its client reads the vendor's shape. */
@EvenkeelTest
class ErrorAnswersTests {

    @Autowired
    Api api;

    private static void assertRefused(Api.Answer answer, int status, String code, String... words) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("error_code", "error_msg", "request_id");
        assertThat(answer.body().path("error_code").asString()).isEqualTo(code);
        assertThat(answer.body().path("error_msg").asString()).contains(words);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(answer.body().path("request_id").asString()).matches("[0-9a-f]{32}");
        assertThat(answer.raw().headers().allValues("X-Request-Id"))
                .containsExactly(answer.body().path("request_id").asString());
    }

    /** Refused by the server itself, before any of our code sees them. */
    @ParameterizedTest
    @ValueSource(strings = {"%2F", "%00", "%5C"})
    void pathsThatTheServerRefusesAnswerInTheSameShape(String step) {
        assertRefused(api.get(api.elb("/pools/a" + step + "b")), 400, "ELB.8902", "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%ED%A0%80", "name=%FF"})
    void queriesThatAreNotUtf8AreRefused(String query) {
        assertRefused(api.get(api.elb("/pools?" + query)), 400, "ELB.8902", "query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1F=a", "%C2%92=a", "name=a&%7F=b"})
    void queryNamesWithControlCharactersAreRefused(String query) {
        assertRefused(api.get(api.elb("/pools?" + query)), 400, "ELB.8902", "malformed");
        var body = Map.of("pool", Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN"));
        assertRefused(api.post(api.elb("/pools?" + query), body), 400, "ELB.8902", "malformed");
    }

    /** Valid JSON, and no text: PostgreSQL could not store it. */
    @Test
    void halfACharacterIsRefused() {
        var path = "/identity/v1/projects";
        assertRefused(
                api.send("POST", path, "{\"project\": {\"name\": \"a\\ud800b\"}}", Map.of()),
                400,
                "ELB.8902",
                "project.name");
    }

    private Api.Answer post(@Nullable String body) {
        return api.send("POST", api.elb("/pools"), body, Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"pool": {"name": "x",}}                             | The request body is not valid JSON
            {"pool": {"name": "x"                                | The request body is not valid JSON
            not json                                             | The request body is not valid JSON
            {"pool": {"name": "x", "name": "y"}}                 | name
            {"pool": {}} {"pool": {}}                            | Invalid input for
            {"pool": {"name": 5}}                                | Invalid input for 'pool.name': must be a string
            {"pool": {"name": {}}}                               | Invalid input for 'pool.name': must be a string
            {"pool": {"admin_state_up": "yes"}}                  | Invalid input for 'pool.admin_state_up'
            {"pool": {"admin_state_up": 1}}                      | Invalid input for 'pool.admin_state_up'
            {"pool": {"slow_start": {"duration": 1.5}}}          | Invalid input for 'pool.slow_start.duration'
            {"pool": {"slow_start": {"duration": 99999999999}}}  | Invalid input for 'pool.slow_start.duration'
            {"pool": {"slow_start": []}}                         | Invalid input for 'pool.slow_start': must be an object
            {"pool": []}                                         | Invalid input for 'pool': must be an object
            []                                                   | Invalid input for 'body': must be an object
            "text"                                               | Invalid input for 'body'
            {"pool": {"name": "a\\u0000b"}}                       | Invalid input for 'pool.name': must not contain the character NUL
            {"pool": {"colour": 1}, "size": {"x": 2}}            | colour, size
            """)
    void namesWhatIsWrongWithTheBody(String body, String words) {
        assertRefused(post(body), 400, "ELB.8902", words);
    }

    @Test
    void asksForTheBody() {
        assertRefused(post(null), 400, "ELB.0002", "body");
        assertRefused(post("null"), 400, "ELB.0002", "body");
        assertRefused(post("{}"), 400, "ELB.9805", "'pool'");
    }

    @Test
    void refusesDeepNesting() {
        var nested = "[".repeat(20_000) + "]".repeat(20_000);

        assertRefused(post(nested), 400, "ELB.8902", "");
        assertRefused(post("{\"pool\": {\"colour\": " + nested + "}}"), 400, "ELB.8902", "nested too deeply");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var body = "{\"pool\": {\"name\": \"" + "x".repeat(BodyLimitFilter.LIMIT - 21) + "\"}}";
        assertThat(body).hasSize(BodyLimitFilter.LIMIT + 1);

        assertRefused(post(body), 413, "ELB.8902", "1048576");
        assertThat(post(body.replaceFirst("x", "")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void takesJsonOnly(String type) {
        var answer = api.send("POST", api.elb("/pools"), "{}", Map.of("Content-Type", type));

        assertRefused(answer, 415, "ELB.8902", "application/json");
    }

    @Test
    void answersInJsonOnly() {
        var answer = api.send("GET", api.elb("/pools"), null, Map.of("Accept", "application/xml"));

        assertRefused(answer, 406, "ELB.8902", "application/json");
    }

    @Test
    void knowsItsMethodsAndPaths() {
        assertRefused(api.send("PATCH", api.elb("/pools"), "{}", Map.of()), 405, "APIGW.0101", "PATCH");
        assertRefused(api.get(api.elb("/nothing")), 404, "APIGW.0101", "does not exist");
        assertRefused(api.get("/nothing"), 404, "APIGW.0101", "does not exist");
        assertRefused(api.get("/error"), 404, "APIGW.0101", "does not exist");
        assertRefused(api.get(api.elb("/pools/not-an-id")), 404, "ELB.8904", "pool not-an-id could not be found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b=c", "//a", "/a/../b"})
    void answersPathsThatCouldBeReadInTwoWays(String path) throws IOException {
        assertThat(raw("GET " + api.elb("/pools") + path + " HTTP/1.1"))
                .startsWith("HTTP/1.1 4")
                .contains("X-Request-Id: ")
                .contains("Content-Type: application/json")
                .contains("\"error_code\"")
                .contains("\"request_id\"");
    }

    /** What a client of the JDK would not send. */
    private String raw(String requestLine) throws IOException {
        var root = URI.create(api.root());
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            var request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
