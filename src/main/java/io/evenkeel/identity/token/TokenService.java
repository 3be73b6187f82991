package io.evenkeel.identity.token;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.Tokens;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Owns the table {@code token}. Nothing is cached, so what is revoked is refused at once, everywhere. */
@Service
public class TokenService implements Tokens {

    private static final String KIND = "token";
    private static final int TEXT_BYTES = 32;
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(30);

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final ProjectService projects;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TokenService(JdbcClient jdbc, ProjectService projects, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
    }

    /** The token of this text, unless it is unknown, expired or revoked. */
    public Optional<Token> findValid(Secret text) {
        return jdbc.sql("select * from token where digest = :digest and expires_at > :now")
                .param("digest", digest(text))
                .param("now", at(clock.instant()))
                .query((row, n) -> read(row))
                .optional();
    }

    @Override
    public Optional<Caller> callerOf(Secret text) {
        return findValid(text).map(token -> Caller.withToken(token.projectId(), token.role(), token.id()));
    }

    /** A new token of 256 random bits. Error: {@link ErrorCode#NOT_FOUND} for an unknown project. */
    @Transactional
    public IssuedToken issue(String projectId, Role role, String description, Duration validity) {
        projects.mustExist(projectId);
        var bytes = new byte[TEXT_BYTES];
        random.nextBytes(bytes);
        var text = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        var now = clock.instant();
        var token = new Token(Ids.next(clock), projectId, role, description, now, now.plus(validity));
        insert(token, text, "");
        events.publishEvent(ResourceWritten.created(projectId, KIND, token.id(), null, token));
        return new IssuedToken(token, text);
    }

    /** Makes a token of a text that its owner chose valid from now on, also where it had expired. */
    @Transactional
    public void makeValid(Secret text, String projectId, Role role, String description, Duration validity) {
        var now = clock.instant();
        insert(
                new Token(Ids.next(clock), projectId, role, description, now, now.plus(validity)),
                text,
                " on conflict (digest) do update set project_id = excluded.project_id, role = excluded.role,"
                        + " expires_at = excluded.expires_at");
    }

    private void insert(Token token, Secret text, String onConflict) {
        jdbc.sql("""
                        insert into token (id, project_id, role, description, digest, created_at, expires_at)
                        values (:id, :project, :role, :description, :digest, :created, :expires)""" + onConflict)
                .param("id", token.id())
                .param("project", token.projectId())
                .param("role", token.role().name())
                .param("description", token.description())
                .param("digest", digest(text))
                .param("created", at(token.createdAt()))
                .param("expires", at(token.expiresAt()))
                .update();
    }

    /** Forgets tokens that expired long ago. */
    @Transactional
    public void forgetLongExpired() {
        jdbc.sql("delete from token where expires_at < :then")
                .param("then", at(clock.instant().minus(KEPT_AFTER_EXPIRY)))
                .update();
    }

    /** Those of the ids that are known, in the order of creation. */
    List<Token> list(List<UUID> tokenIds) {
        return jdbc.sql("select * from token where id = any(:ids) order by id")
                .param("ids", tokenIds.toArray(UUID[]::new))
                .query((row, n) -> read(row))
                .list();
    }

    /** Error: {@link ErrorCode#NOT_FOUND}. */
    @Transactional
    void revoke(UUID tokenId) {
        var token = jdbc.sql("delete from token where id = :id returning *")
                .param("id", tokenId)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, tokenId));
        events.publishEvent(ResourceWritten.deleted(token.projectId(), KIND, tokenId, null, token));
    }

    private static Token read(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("project_id"),
                Role.valueOf(row.getString("role")),
                row.getString("description"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static byte[] digest(Secret text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
