package io.evenkeel.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.identity.Role;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Paths that no controller serves show what the gate lets through: 404 APIGW.0101 is behind it. */
@EvenkeelTest
class AccessTests {

    private static final String BEHIND_THE_GATE = "APIGW.0101";

    @Autowired
    Api api;

    @Autowired
    TokenService tokens;

    @Autowired
    ProjectService projects;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/p/elb/loadbalancers",
                "/v3/api-docs/elb/loadbalancers",
                "/inventory/v1/availability-zones",
                "/inventory/v1/p/vpcs",
                "/identity/v1/tokens",
                "/actuator/health",
                "/nothing",
                "/error"
            })
    void answersNothingWithoutCredentials(String path) {
        var answer = api.as("p", "").get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().get("error_code").asString()).isEqualTo("APIGW.0301");
        assertThat(answer.body().get("error_msg").asString()).startsWith("Incorrect IAM authentication information");
        assertThat(answer.body().get("request_id").asString())
                .isEqualTo(answer.raw().headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(answer.raw().headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/versions"})
    void showsTheDescriptionOfTheApiToAnyone(String path) {
        assertThat(api.as("p", "").get(path).status()).isNotIn(401, 403);
    }

    @Test
    void refusesWritesToWhatIsOpenForReading() {
        assertThat(api.as("p", "").post("/versions", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void refusesAnUnknownToken() {
        var answer = api.as("p", "no-such-token").get("/versions");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.raw().body()).doesNotContain("no-such-token");
    }

    @Test
    void refusesAnExpiredToken() {
        var issued = tokens.issue(api.projectId(), Role.ADMIN, "over", Duration.ofSeconds(-1));

        assertThat(api.as("p", issued.text().value()).get("/nothing").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "READER,   GET,    /v3/{p}/elb/nothing,                        404",
        "READER,   POST,   /v3/{p}/elb/nothing,                        403",
        "READER,   DELETE, /v3/{p}/elb/nothing,                        403",
        "OPERATOR, POST,   /v3/{p}/elb/nothing,                        404",
        "READER,   GET,    /inventory/v1/{p}/nothing,                  404",
        "OPERATOR, PUT,    /inventory/v1/{p}/nothing,                  403",
        "ADMIN,    PUT,    /inventory/v1/{p}/nothing,                  404",
        "READER,   GET,    /inventory/v1/availability-zones/a/nothing, 404",
        "OPERATOR, PUT,    /inventory/v1/availability-zones/a/nothing, 403",
        "OPERATOR, GET,    /identity/v1/nothing,                       403",
        "ADMIN,    GET,    /identity/v1/nothing,                       404",
        "READER,   GET,    /nothing,                                   404",
        "READER,   POST,   /nothing,                                   404"
    })
    void allowsWhatTheRoleIncludes(Role role, String method, String path, int status) {
        var projectId = project();
        var body = method.equals("GET") ? null : "{}";

        assertAnswer(caller(projectId, role), method, path.replace("{p}", projectId), body, status);
    }

    private static void assertAnswer(Api caller, String method, String path, @Nullable String body, int status) {
        var answer = caller.send(method, path, body, Map.of());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("error_code").asString()).isEqualTo(status == 404 ? BEHIND_THE_GATE : "ELB.8903");
    }

    @Test
    void tellsNothingOfOtherProjects() {
        var mine = project();
        var other = project();
        var caller = caller(mine, Role.OPERATOR);

        var existing = caller.get("/v3/" + other + "/elb/loadbalancers");
        var unknown = caller.get("/v3/unknown/elb/loadbalancers");

        assertThat(existing.status()).isEqualTo(403);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(existing.body().get("error_msg").asString().replace(other, "X"))
                .isEqualTo(unknown.body().get("error_msg").asString().replace("unknown", "X"));
    }

    @Test
    void letsAnAdminIntoEveryProjectThereIs() {
        assertThat(api.get("/v3/" + project() + "/elb/nothing")
                        .body()
                        .get("error_code")
                        .asString())
                .isEqualTo(BEHIND_THE_GATE);

        var unknown = api.get("/v3/unknown/elb/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().get("error_msg").asString()).isEqualTo("project unknown could not be found.");
    }

    @Test
    void refusesAPathWithoutAProject() {
        assertThat(api.get("/v3/%7Bproject_id%7D/elb/loadbalancers")
                        .expect(400)
                        .get("error_msg")
                        .asString())
                .contains("project_id");
    }

    @Test
    void comparesTheHeaderWithTheProjectOfThePath() {
        var mine = project();
        var caller = caller(mine, Role.READER);
        var path = "/v3/" + mine + "/elb/nothing";

        assertThat(caller.send("GET", path, null, Map.of("X-Project-Id", mine)).status())
                .isEqualTo(404);
        assertThat(caller.send("GET", path, null, Map.of("X-Project-Id", "other"))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/p;x=1/elb", "/v3/p//elb", "/v3/p/%2e%2e/elb", "/v3/p%252Felb"})
    void refusesPathsThatCanBeReadInTwoWays(String path) {
        var answer = api.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.raw().headers().firstValue("X-Request-Id")).isPresent();
    }

    private String project() {
        var id = UUID.randomUUID().toString().replace("-", "");
        projects.ensure(id, "test");
        return id;
    }

    private Api caller(String projectId, Role role) {
        var issued = tokens.issue(projectId, role, "test", Duration.ofHours(1));
        return api.as(projectId, issued.text().value());
    }
}
