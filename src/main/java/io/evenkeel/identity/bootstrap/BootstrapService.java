package io.evenkeel.identity.bootstrap;

import io.evenkeel.identity.BootstrapCredentials;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.accesskey.AccessKeyService;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives an empty installation its first administrator, and every start a valid token in a file. */
@Service
class BootstrapService {

    private static final Logger log = LoggerFactory.getLogger(BootstrapService.class);
    private static final String DESCRIPTION = "bootstrap";
    /** A token that is nearly over is no use to who reads it after the start. */
    private static final Duration LEAST_LEFT = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final ProjectService projects;
    private final AccessKeyService accessKeys;
    private final TokenService tokens;
    private final BootstrapFiles files;
    private final BootstrapProperties properties;
    private final Clock clock;

    BootstrapService(
            JdbcClient jdbc,
            ProjectService projects,
            AccessKeyService accessKeys,
            TokenService tokens,
            BootstrapFiles files,
            BootstrapProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.accessKeys = accessKeys;
        this.tokens = tokens;
        this.files = files;
        this.properties = properties;
        this.clock = clock;
    }

    /** Files are written before the commit: should that fail, the next start finds them unknown and renews them. */
    @Transactional
    public BootstrapCredentials bootstrap() {
        // Nodes that start together on an empty database make one administrator.
        jdbc.sql("lock table sealing_key in exclusive mode").update();
        boolean isFirstStart = projects.isInstallationEmpty();
        var projectId = project();
        projects.ensure(projectId, "admin");
        var notice = new BootstrapNotice(projectId, files);
        accessKey(projectId, isFirstStart, notice);
        var credentials = token(projectId, notice);
        tokens.forgetLongExpired();
        if (isFirstStart) {
            log.info("{}", notice.text());
        }
        return credentials;
    }

    private String project() {
        var configured = properties.projectId();
        return configured != null
                ? configured
                : projects.firstAdminProject()
                        .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    }

    private void accessKey(String projectId, boolean isFirstStart, BootstrapNotice notice) {
        var accessKey = properties.accessKey();
        var secretKey = properties.secretKey();
        if (accessKey != null && secretKey != null) {
            accessKeys.makeValid(accessKey, secretKey, projectId, Role.ADMIN, DESCRIPTION);
            files.writeCredentials(projectId, accessKey, secretKey);
            notice.configuredKey(accessKey);
        } else if (isFirstStart) {
            var made = accessKeys.create(projectId, Role.ADMIN, DESCRIPTION);
            files.writeCredentials(projectId, made.key().accessKey(), made.secret());
            notice.generatedKey(made.key().accessKey(), made.secret());
        }
    }

    private BootstrapCredentials token(String projectId, BootstrapNotice notice) {
        var configured = properties.token();
        if (configured != null) {
            tokens.makeValid(configured, projectId, Role.ADMIN, DESCRIPTION, properties.tokenValidity());
            files.writeToken(configured);
            notice.configuredToken();
            return new BootstrapCredentials(projectId, configured, files.token());
        }
        var kept = files.readToken().filter(text -> isStillGood(text, projectId));
        return new BootstrapCredentials(projectId, kept.orElseGet(() -> renew(projectId, notice)), files.token());
    }

    private boolean isStillGood(Secret text, String projectId) {
        return tokens.findValid(text)
                .filter(token -> token.role() == Role.ADMIN && token.projectId().equals(projectId))
                .filter(token -> token.expiresAt().isAfter(clock.instant().plus(LEAST_LEFT)))
                .isPresent();
    }

    private Secret renew(String projectId, BootstrapNotice notice) {
        var issued = tokens.issue(projectId, Role.ADMIN, DESCRIPTION, properties.tokenValidity());
        files.writeToken(issued.text());
        notice.generatedToken(issued.text());
        log.atInfo().log("A new bootstrap token is in {}", files.token());
        return issued.text();
    }
}
