package io.evenkeel.console.session;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.Secret;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Owns the table {@code console_session}. Nothing is cached, so who signs out is out on every node at once. */
@Service
class SessionService {

    private static final String FIND = """
            select t.id, t.project_id, t.role
            from console_session s
            join token t on t.id = s.token_id
            where s.digest = :digest and s.expires_at > :now and t.expires_at > :now
            """;

    private final JdbcClient jdbc;
    private final ConsoleProperties properties;
    private final Clock clock;

    SessionService(JdbcClient jdbc, ConsoleProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** A new session that acts by the caller's token; answers its id, the only time it is seen. */
    @Transactional
    public Secret open(Caller caller) {
        jdbc.sql("delete from console_session where expires_at < :now")
                .param("now", now())
                .update();
        var id = RandomText.next();
        jdbc.sql("""
                        insert into console_session (digest, token_id, created_at, expires_at)
                        values (:digest, :token, :now, :expires)""")
                .param("digest", digest(id))
                .param("token", caller.tokenId())
                .param("now", now())
                .param("expires", now().plus(properties.sessionValidity()))
                .update();
        return id;
    }

    /** For whom the session acts, while it and its token are valid. */
    Optional<Caller> find(Secret id) {
        return jdbc.sql(FIND)
                .param("digest", digest(id))
                .param("now", now())
                .query((row, n) -> Caller.withToken(
                        row.getString("project_id"),
                        Role.valueOf(row.getString("role")),
                        row.getObject("id", UUID.class)))
                .optional();
    }

    @Transactional
    public void end(Secret id) {
        jdbc.sql("delete from console_session where digest = :digest")
                .param("digest", digest(id))
                .update();
    }

    private static byte[] digest(Secret id) {
        return Digests.of("session", id.value());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
