package io.evenkeel.identity.accesskey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.Sealing;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Owns the table {@code access_key}. Nothing is cached, so what is revoked is refused at once, everywhere. */
@Service
public class AccessKeyService {

    private static final String KIND = "access_key";
    /** Whom a sealed secret belongs to, in front of the access key. */
    static final String OWNER = "access-key/";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int KEY_LENGTH = 20;
    private static final int SECRET_BYTES = 30;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final ProjectService projects;
    private final Sealing sealing;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccessKeyService(
            JdbcClient jdbc, ProjectService projects, Sealing sealing, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.sealing = sealing;
        this.events = events;
        this.clock = clock;
    }

    /** What is told of an access key that was made; the secret shows itself to nobody. */
    private record Written(@JsonUnwrapped AccessKey key, Secret secretKey) {}

    /** The access key with its secret opened. */
    public Optional<SecretAccessKey> find(String accessKey) {
        return jdbc.sql("select * from access_key where access_key = :key")
                .param("key", accessKey)
                .query((row, n) -> new SecretAccessKey(read(row), open(accessKey, row.getBytes("sealed_secret"))))
                .optional();
    }

    private Secret open(String accessKey, byte[] sealed) {
        return new Secret(new String(sealing.open(sealed, owner(accessKey)), StandardCharsets.UTF_8));
    }

    /** A new access key with a secret of 240 random bits. Error: {@link ErrorCode#NOT_FOUND} for an unknown project. */
    @Transactional
    public SecretAccessKey create(String projectId, Role role, String description) {
        projects.mustExist(projectId);
        var name = new StringBuilder();
        random.ints(KEY_LENGTH, 0, LETTERS.length()).forEach(index -> name.append(LETTERS.charAt(index)));
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        var key = new AccessKey(name.toString(), projectId, role, description, clock.instant());
        insert(key, secret, "");
        events.publishEvent(ResourceWritten.created(projectId, KIND, key.accessKey(), null, new Written(key, secret)));
        return new SecretAccessKey(key, secret);
    }

    /** Makes an access key that its owner chose valid, whatever was known of it before. */
    @Transactional
    public void makeValid(String accessKey, Secret secret, String projectId, Role role, String description) {
        insert(
                new AccessKey(accessKey, projectId, role, description, clock.instant()),
                secret,
                " on conflict (access_key) do update set project_id = excluded.project_id, role = excluded.role,"
                        + " sealed_secret = excluded.sealed_secret");
    }

    private void insert(AccessKey key, Secret secret, String onConflict) {
        jdbc.sql("""
                        insert into access_key (access_key, project_id, role, description, sealed_secret, created_at)
                        values (:key, :project, :role, :description, :sealed, :now)""" + onConflict)
                .param("key", key.accessKey())
                .param("project", key.projectId())
                .param("role", key.role().name())
                .param("description", key.description())
                .param("sealed", sealing.seal(secret.bytes(), owner(key.accessKey())))
                .param("now", OffsetDateTime.ofInstant(key.createdAt(), ZoneOffset.UTC))
                .update();
    }

    private static String owner(String accessKey) {
        return OWNER + accessKey;
    }

    /** Those of the access keys that are known, sorted. */
    List<AccessKey> list(List<String> accessKeys) {
        return jdbc.sql("select * from access_key where access_key = any(:keys) order by access_key")
                .param("keys", accessKeys.toArray(String[]::new))
                .query((row, n) -> read(row))
                .list();
    }

    /** Error: {@link ErrorCode#NOT_FOUND}. */
    @Transactional
    void revoke(String accessKey) {
        var key = jdbc.sql("delete from access_key where access_key = :key returning *")
                .param("key", accessKey)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, accessKey));
        events.publishEvent(ResourceWritten.deleted(key.projectId(), KIND, accessKey, null, key));
    }

    private static AccessKey read(ResultSet row) throws SQLException {
        return new AccessKey(
                row.getString("access_key"),
                row.getString("project_id"),
                Role.valueOf(row.getString("role")),
                row.getString("description"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
