package io.evenkeel.identity.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.identity.BootstrapCredentials;
import io.evenkeel.identity.Secret;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class BootstrapTests {

    @Autowired
    BootstrapCredentials credentials;

    @Autowired
    BootstrapFiles files;

    @Test
    void keepsTheConfiguredCredentialsInFilesForTheirOwnerAlone() throws IOException {
        assertThat(credentials.projectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(credentials.token().value()).isEqualTo(TestInstance.TOKEN);
        assertThat(credentials.tokenFile()).hasContent(TestInstance.TOKEN);
        assertThat(files.credentials())
                .content()
                .contains(
                        "project_id=" + TestInstance.PROJECT_ID,
                        "access_key=" + TestInstance.ACCESS_KEY,
                        "secret_key=" + TestInstance.SECRET_KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.credentials())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.token())))
                .isEqualTo("rw-------");
    }

    @Test
    void neverShowsTheTokenUnasked() {
        assertThat(credentials.toString()).doesNotContain(TestInstance.TOKEN);
    }

    @Test
    void refusesAnAccessKeyWithoutItsSecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new BootstrapProperties(null, "AK", null, null, Duration.ofDays(1)))
                .withMessageContaining("evenkeel.bootstrap.access-key and secret-key must be given together");
    }

    @Test
    void refusesAWeakTokenWithoutRepeatingIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new BootstrapProperties(null, null, null, new Secret("planted"), Duration.ofDays(1)))
                .withMessageContaining("evenkeel.bootstrap.token must be 32..512")
                .withMessageNotContaining("planted");
    }
}
