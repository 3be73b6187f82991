package io.evenkeel.bench.controlplane.fill;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What COPY with triggers off leaves unchecked. Primary keys, unique indexes, exclusions and check constraints held all
 * the time; foreign keys and counters are looked after here.
 */
final class Consistency {

    private static final Logger log = LoggerFactory.getLogger(Consistency.class);

    /** For each foreign key a query that counts rows without parent. */
    private static final String FOREIGN_KEYS = """
            select k.conname,
                   format('select count(*) from %s c where %s and not exists (select 1 from %s p where %s)',
                          k.conrelid::regclass,
                          string_agg(format('c.%I is not null', a.attname), ' and '),
                          k.confrelid::regclass,
                          string_agg(format('p.%I = c.%I', f.attname, a.attname), ' and '))
            from pg_constraint k
            cross join lateral unnest(k.conkey, k.confkey) u (child, parent)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
            join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace
            group by k.oid, k.conname, k.conrelid, k.confrelid
            order by 1""";

    private Consistency() {}

    /** Fails on the first thing that is not as the service would have left it. */
    static void check(Connection connection) throws SQLException {
        var checks = new LinkedHashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(FOREIGN_KEYS)) {
            while (rows.next()) {
                checks.put(rows.getString(1), rows.getString(2));
            }
        }
        int keys = checks.size();
        checks.put("pool.member_count", """
                select count(*) from pool p
                where p.member_count <> (select count(*) from member m where m.pool_id = p.id)""");
        checks.put("quota_counter of members", """
                select count(*) from (select project_id, count(*) as used from member group by project_id) m
                full join (select * from quota_counter where quota_key = 'member') c using (project_id)
                where m.used is distinct from c.used""");
        checks.put("system of members and their servers", """
                select count(*) from member m join server s on s.project_id = m.project_id and s.id = m.server_id
                where m.os is distinct from s.os""");
        try (var statement = connection.createStatement()) {
            for (var check : checks.entrySet()) {
                try (var row = statement.executeQuery(check.getValue())) {
                    row.next();
                    if (row.getLong(1) != 0) {
                        throw new IllegalStateException(row.getLong(1) + " rows of the fill violate " + check.getKey());
                    }
                }
            }
        }
        log.info("The fill is consistent: {} foreign keys and the counters hold", keys);
    }
}
