package io.evenkeel.agentsync.feed;

import io.evenkeel.desiredstate.ResourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what changed. The cursor is a whole {@code pg_snapshot}, taken in the same repeatable-read transaction as the
 * rows, so that every committed change is seen exactly once, in whatever order transactions commit (ADR 0001). To be
 * called within such a transaction.
 */
@Component
public class ChangeFeed {

    private static final String CHANGED = """
            select 'LOAD_BALANCER' as kind, id, generation, false as is_deleted from load_balancer
            where changed_in >= pg_snapshot_xmin(cast(:last as pg_snapshot))
              and not pg_visible_in_snapshot(changed_in, cast(:last as pg_snapshot))
            union all
            select 'POOL', id, generation, false from pool
            where changed_in >= pg_snapshot_xmin(cast(:last as pg_snapshot))
              and not pg_visible_in_snapshot(changed_in, cast(:last as pg_snapshot))
            union all
            select resource_kind, resource_id, generation, true from tombstone
            where changed_in >= pg_snapshot_xmin(cast(:last as pg_snapshot))
              and not pg_visible_in_snapshot(changed_in, cast(:last as pg_snapshot))
            order by id
            """;

    private static final String STAMPED_BY_THE_FUTURE = "where changed_in >= pg_snapshot_xmax(pg_current_snapshot())";

    private final JdbcClient jdbc;

    public ChangeFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is visible now and was not at the cursor. */
    public Changes since(String cursor) {
        var changed = new EnumMap<ResourceKind, List<UUID>>(ResourceKind.class);
        var deleted = new EnumMap<ResourceKind, Map<UUID, Long>>(ResourceKind.class);
        for (var kind : ResourceKind.values()) {
            changed.put(kind, new ArrayList<>());
            deleted.put(kind, new HashMap<>());
        }
        jdbc.sql(CHANGED).param("last", cursor).query(row -> {
            var kind = ResourceKind.valueOf(row.getString("kind"));
            var id = row.getObject("id", UUID.class);
            if (row.getBoolean("is_deleted")) {
                deleted.getOrDefault(kind, Map.of()).put(id, row.getLong("generation"));
            } else {
                changed.getOrDefault(kind, List.of()).add(id);
            }
        });
        var next = jdbc.sql("select cast(pg_current_snapshot() as text)")
                .query((row, n) -> row.getString(1))
                .single();
        return new Changes(next, changed, deleted);
    }

    /** Every resource with its generation: what a worker should hold. */
    public Map<UUID, Long> generations(ResourceKind kind) {
        var generations = new HashMap<UUID, Long>();
        jdbc.sql("select id, generation from " + table(kind)).query(row -> {
            generations.put(row.getObject("id", UUID.class), row.getLong("generation"));
        });
        return generations;
    }

    /**
     * Stamps rows anew that carry a transaction id this cluster has not reached: after a restore they would be
     * delivered at every look for ever. Not within a read-only transaction.
     */
    public void restampRestoredRows() {
        for (var table : List.of("load_balancer", "pool", "tombstone")) {
            jdbc.sql("update " + table + " set changed_in = pg_current_xact_id() " + STAMPED_BY_THE_FUTURE)
                    .update();
        }
    }

    /** Tombstones older than a day: no push is that late. */
    public void dropOldTombstones() {
        jdbc.sql("delete from tombstone where deleted_at < now() - interval '1 day'")
                .update();
    }

    private static String table(ResourceKind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "load_balancer";
            case POOL -> "pool";
        };
    }
}
