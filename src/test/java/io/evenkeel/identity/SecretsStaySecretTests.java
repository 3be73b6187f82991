package io.evenkeel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Plants secrets everywhere a client can, with the loggers near them turned up. */
@EvenkeelTest
@ExtendWith(OutputCaptureExtension.class)
class SecretsStaySecretTests {

    private static final List<String> TALKATIVE = List.of(
            "io.evenkeel",
            "org.springframework.web",
            "org.springframework.security",
            "org.springframework.jdbc",
            "org.hibernate.SQL");
    private static final String PLANTED = "planted-secret-that-nobody-may-read";

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    @Autowired
    Api api;

    @BeforeEach
    void turnUp() {
        TALKATIVE.forEach(logger -> logging.setLogLevel(logger, LogLevel.DEBUG));
        logging.setLogLevel("io.evenkeel", LogLevel.TRACE);
    }

    @AfterEach
    void turnDown() {
        TALKATIVE.forEach(logger -> logging.setLogLevel(logger, null));
    }

    @Test
    void neitherLogsNorRepeatsThem(CapturedOutput output) {
        var wanted = Map.of("project_id", api.projectId(), "role", "reader");
        var token = api.post("/identity/v1/tokens", Map.of("token", wanted))
                .expect(201)
                .get("token")
                .get("token")
                .asString();
        var secret = api.post("/identity/v1/access-keys", Map.of("access_key", wanted))
                .expect(201)
                .get("access_key")
                .get("secret_key")
                .asString();
        var answers = List.of(
                api.as(api.projectId(), PLANTED).get("/identity/v1/tokens"),
                api.send("GET", "/versions", null, Map.of("Authorization", "SDK-HMAC-SHA256 " + PLANTED)),
                api.post("/identity/v1/tokens", Map.of("token", Map.of("token", PLANTED, "role", PLANTED))),
                api.as(api.projectId(), token).get("/identity/v1/tokens"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.raw().body()).doesNotContain(PLANTED, token, secret);
        });
        assertThat(output.getAll())
                .contains("/identity/v1/tokens")
                .doesNotContain(PLANTED)
                .doesNotContain(token)
                .doesNotContain(secret)
                .doesNotContain(TestInstance.TOKEN)
                .doesNotContain(TestInstance.SECRET_KEY);
    }

    @Test
    void areMaskedByTheirTypeInTextAndJson() {
        var credentials = new Secret(PLANTED);

        assertThat(credentials.toString()).isEqualTo("***");
        assertThat(JsonMapper.shared().writeValueAsString(Map.of("a", credentials)))
                .isEqualTo("{\"a\":\"***\"}");
    }
}
