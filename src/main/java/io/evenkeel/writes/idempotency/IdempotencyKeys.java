package io.evenkeel.writes.idempotency;

import io.evenkeel.identity.Sealing;
import io.evenkeel.platform.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers for a day what a write with an {@code Idempotency-Key} answered. The key's row is inserted in the write's
 * own transaction: a concurrent twin waits on it, then finds the answer, or the way free when the first one failed.
 * What answers may hold (a private key that the project wants echoed) is sealed.
 */
@Component
public class IdempotencyKeys {

    static final Duration KEPT = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, Sealing sealing, Clock clock) {
        this.jdbc = jdbc;
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * Takes the key for this transaction.
     *
     * @return the answer that was given under it, or empty when the write is to be done
     */
    public Optional<StoredAnswer> claim(String projectId, String key, String digest) {
        int claimed = jdbc.sql("""
                        insert into idempotency_key (project_id, key, created_at, request_digest)
                        values (:project, :key, :now, :digest)
                        on conflict on constraint pk_idempotency_key do update
                           set created_at = excluded.created_at, request_digest = excluded.request_digest
                         where idempotency_key.created_at < :expired
                        """)
                .param("project", projectId)
                .param("key", key)
                .param("now", Timestamp.from(clock.instant()))
                .param("expired", Timestamp.from(clock.instant().minus(KEPT)))
                .param("digest", digest)
                .update();
        return claimed == 1 ? Optional.empty() : Optional.of(find(projectId, key, digest));
    }

    private StoredAnswer find(String projectId, String key, String digest) {
        record Kept(String digest, StoredAnswer answer) {}
        var kept = jdbc.sql("""
                        select request_digest, status, answer, advanced from idempotency_key
                        where project_id = :project and key = :key
                        """)
                .param("project", projectId)
                .param("key", key)
                .query((row, n) -> new Kept(row.getString(1), opened(row, owner(projectId, key))))
                .single();
        if (!kept.digest().equals(digest)) {
            throw ErrorCode.IDEMPOTENCY_KEY_REUSED.with(key);
        }
        return kept.answer();
    }

    private StoredAnswer opened(ResultSet row, String owner) throws SQLException {
        var body = new String(sealing.open(row.getBytes(3), owner), StandardCharsets.UTF_8);
        return new StoredAnswer(
                row.getInt(2),
                body.isEmpty() ? Optional.empty() : Optional.of(body),
                AdvancedText.parse(row.getString(4)));
    }

    public void store(String projectId, String key, StoredAnswer answer) {
        var sealed = sealing.seal(answer.body().orElse("").getBytes(StandardCharsets.UTF_8), owner(projectId, key));
        jdbc.sql("""
                        update idempotency_key set status = :status, answer = :answer, advanced = :advanced
                         where project_id = :project and key = :key
                        """)
                .param("status", answer.status())
                .param("answer", sealed)
                .param("advanced", AdvancedText.of(answer.advanced()))
                .param("project", projectId)
                .param("key", key)
                .update();
    }

    /** Drops what is older than a day. */
    int dropExpired() {
        return jdbc.sql("delete from idempotency_key where created_at < :expired")
                .param("expired", Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }

    static String owner(String projectId, String key) {
        return "idempotency-key/" + projectId + "/" + key;
    }
}
