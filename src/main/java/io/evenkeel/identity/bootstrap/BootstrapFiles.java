package io.evenkeel.identity.bootstrap;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.database.EvenkeelHome;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The files in the home that keep the first administrator's credentials, readable by their owner alone. */
@Component
class BootstrapFiles {

    static final String CREDENTIALS = "bootstrap-credentials";
    static final String TOKEN = "bootstrap-token";

    private final EvenkeelHome home;

    BootstrapFiles(EvenkeelHome home) {
        this.home = home;
    }

    Path credentials() {
        return home.file(CREDENTIALS);
    }

    Path token() {
        return home.file(TOKEN);
    }

    void writeCredentials(String projectId, String accessKey, Secret secretKey) {
        home.writeSecret(
                CREDENTIALS,
                "project_id=%s%naccess_key=%s%nsecret_key=%s".formatted(projectId, accessKey, secretKey.value()));
    }

    Optional<Secret> readToken() {
        return Optional.ofNullable(home.readSecret(TOKEN)).map(Secret::new);
    }

    void writeToken(Secret token) {
        home.writeSecret(TOKEN, token.value());
    }
}
