package io.evenkeel.identity.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.identity.BootstrapCredentials;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.accesskey.AccessKeyService;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Later starts, with nothing configured. */
@EvenkeelTest
class BootstrapRestartTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ProjectService projects;

    @Autowired
    AccessKeyService accessKeys;

    @Autowired
    TokenService tokens;

    @Autowired
    BootstrapFiles files;

    @Autowired
    BootstrapService configured;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    @AfterEach
    void startAsConfigured() {
        configured.bootstrap();
    }

    private BootstrapCredentials start() {
        var properties = new BootstrapProperties(null, null, null, null, Duration.ofDays(30));
        var service = new BootstrapService(jdbc, projects, accessKeys, tokens, files, properties, clock);
        return Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> service.bootstrap()));
    }

    @Test
    void readsTheTokenBackFromItsFile() {
        var issued = tokens.issue(TestInstance.PROJECT_ID, Role.ADMIN, "kept", Duration.ofDays(2));
        files.writeToken(issued.text());

        var credentials = start();

        assertThat(credentials.token()).isEqualTo(issued.text());
        assertThat(credentials.projectId()).isEqualTo(TestInstance.PROJECT_ID);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void renewsATokenThatIsOverOrNearlySo(long secondsLeft) {
        var issued = tokens.issue(TestInstance.PROJECT_ID, Role.ADMIN, "over", Duration.ofSeconds(secondsLeft));

        assertIsRenewed(issued.text());
    }

    @Test
    void renewsATokenThatTheDatabaseDoesNotKnow() {
        assertIsRenewed(new Secret("a-token-of-an-installation-long-gone"));
    }

    @Test
    void renewsATokenThatIsNotAnAdmins() {
        assertIsRenewed(tokens.issue(TestInstance.PROJECT_ID, Role.READER, "reader", Duration.ofDays(2))
                .text());
    }

    private void assertIsRenewed(Secret kept) {
        files.writeToken(kept);

        var credentials = start();

        assertThat(credentials.token()).isNotEqualTo(kept);
        assertThat(tokens.findValid(credentials.token()))
                .hasValueSatisfying(token -> assertThat(token.role()).isEqualTo(Role.ADMIN));
        assertThat(credentials.tokenFile()).hasContent(credentials.token().value());
    }

    @Test
    void makesTheConfiguredTokenAndKeyValidAgain() {
        jdbc.sql("update token set expires_at = created_at where project_id = :id")
                .param("id", TestInstance.PROJECT_ID)
                .update();
        accessKeys.makeValid(
                TestInstance.ACCESS_KEY, new Secret("overwritten"), TestInstance.PROJECT_ID, Role.READER, "x");

        configured.bootstrap();

        assertThat(tokens.findValid(new Secret(TestInstance.TOKEN))).isPresent();
        assertThat(accessKeys.find(TestInstance.ACCESS_KEY)).hasValueSatisfying(key -> {
            assertThat(key.secret().value()).isEqualTo(TestInstance.SECRET_KEY);
            assertThat(key.key().role()).isEqualTo(Role.ADMIN);
        });
    }

    @Test
    void printsWhatItMadeAndNothingThatWasConfigured() {
        var made = new BootstrapNotice("p1", files);
        made.generatedKey("AK1", new Secret("made-secret"));
        made.generatedToken(new Secret("made-token"));
        assertThat(made.text())
                .contains("p1", "AK1", "made-secret", "made-token")
                .contains(files.token().toString(), files.credentials().toString());

        var given = new BootstrapNotice("p1", files);
        given.configuredKey("AK1");
        given.configuredToken();
        assertThat(given.text()).contains("AK1", "(as configured)");
    }
}
