package io.evenkeel.quota;

import io.evenkeel.platform.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements over limits and counters. */
@Component
class QuotaStore {

    private final JdbcClient jdbc;

    QuotaStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a project stands with one key. */
    record Standing(int limit, long used) {

        boolean hasRoomFor(int n) {
            return limit == QuotaKey.UNLIMITED || used + n <= limit;
        }
    }

    private record Row(String key, @Nullable Integer limit, long used) {}

    /** All keys of the project, without a lock. */
    Map<QuotaKey, Standing> read(String projectId) {
        var standings = new EnumMap<QuotaKey, Standing>(QuotaKey.class);
        for (var key : QuotaKey.values()) {
            standings.put(key, new Standing(key.defaultLimit(), 0));
        }
        jdbc.sql("""
                        select quota_key, quota_limit, coalesce(used, 0) as used
                          from (select quota_key, quota_limit from quota where project_id = :project) q
                          full join (select quota_key, used from quota_counter where project_id = :project) c using (quota_key)
                        """)
                .param("project", projectId)
                .query((row, n) -> new Row(
                        Objects.requireNonNull(row.getString("quota_key")),
                        row.getObject("quota_limit", Integer.class),
                        row.getLong("used")))
                .list()
                .forEach(row -> QuotaKey.find(row.key())
                        .ifPresent(key -> standings.put(
                                key,
                                new Standing(
                                        Objects.requireNonNullElse(row.limit(), key.defaultLimit()), row.used()))));
        return standings;
    }

    /** Raises the counter unless that exceeds the limit; the first who takes creates it. */
    boolean take(String projectId, QuotaKey key, int n, int limit) {
        return jdbc.sql("""
                        insert into quota_counter as c (project_id, quota_key, used)
                        select :project, :key, :n where :limit < 0 or :n <= :limit
                        on conflict (project_id, quota_key) do update set used = c.used + :n
                         where :limit < 0 or c.used + :n <= :limit
                        """)
                        .param("project", projectId)
                        .param("key", key.onWire())
                        .param("n", n)
                        .param("limit", limit)
                        .update()
                == 1;
    }

    void giveBack(String projectId, QuotaKey key, int n) {
        jdbc.sql("update quota_counter set used = used - :n where project_id = :project and quota_key = :key")
                .param("project", projectId)
                .param("key", key.onWire())
                .param("n", n)
                .update();
    }

    /** Lets those who set limits of one project do it one after the other. Errors: NOT_FOUND. */
    void lock(String projectId) {
        var known = jdbc.sql("select id from project where id = :project for no key update")
                .param("project", projectId)
                .query(String.class)
                .optional();
        if (known.isEmpty()) {
            throw ErrorCode.NOT_FOUND.with("project", projectId);
        }
    }

    /** Sets the limit; null puts the default back. */
    void limit(String projectId, QuotaKey key, @Nullable Integer limit) {
        if (limit == null) {
            jdbc.sql("delete from quota where project_id = :project and quota_key = :key")
                    .param("project", projectId)
                    .param("key", key.onWire())
                    .update();
        } else {
            jdbc.sql("""
                            insert into quota (project_id, quota_key, quota_limit) values (:project, :key, :limit)
                            on conflict (project_id, quota_key) do update set quota_limit = excluded.quota_limit
                            """)
                    .param("project", projectId)
                    .param("key", key.onWire())
                    .param("limit", limit)
                    .update();
        }
    }
}
