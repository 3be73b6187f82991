package io.evenkeel.schema;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the schema down from PostgreSQL's catalogs, in a stable order. */
final class SchemaDump {

    private static final String OURS =
            "c.relnamespace = 'public'::regnamespace and c.relname not like 'flyway%' and not c.relispartition";

    private final JdbcClient jdbc;

    SchemaDump(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    String write() {
        var text =
                new StringBuilder("-- Written from the catalogs by SchemaTests; change db/migration, not this file.\n");
        for (String table : strings(
                "select c.relname from pg_class c where c.relkind in ('r', 'p') and " + OURS + " order by c.relname")) {
            text.append("\ncreate table ").append(table).append(" (\n");
            text.append(String.join(",\n", columnsAndConstraints(table)));
            text.append("\n)").append(partitioning(table)).append(";\n");
            indexes(table).forEach(index -> text.append(index).append(";\n"));
            triggers(table).forEach(trigger -> text.append(trigger).append(";\n"));
        }
        strings("""
                select 'create view ' || c.relname || ' as' || chr(10) || pg_get_viewdef(c.oid, true)
                from pg_class c where c.relkind = 'v' and %s order by c.relname
                """.formatted(OURS))
                .forEach(view -> text.append('\n').append(view).append('\n'));
        strings("""
                select pg_get_functiondef(p.oid) from pg_proc p
                where p.pronamespace = 'public'::regnamespace and p.prolang = (select oid from pg_language where lanname = 'plpgsql')
                order by p.proname
                """).forEach(function -> text.append('\n').append(function).append(";\n"));
        return text.toString();
    }

    private List<String> columnsAndConstraints(String table) {
        return strings("""
                select line from (
                    select 1 as part, lpad(a.attnum::text, 5) as position,
                           '    ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                           || case when a.attnotnull then ' not null' else '' end
                           || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                                   when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
                                   else '' end as line
                    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                    where a.attrelid = cast(:table as regclass) and a.attnum > 0 and not a.attisdropped
                    union all
                    select 2, k.conname, '    constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
                    from pg_constraint k where k.conrelid = cast(:table as regclass) and k.contype <> 'n'
                ) lines order by part, position collate "C"
                """, table);
    }

    /** Its partitions, made and dropped as time goes by, are not written down. */
    private String partitioning(String table) {
        return String.join(
                "",
                strings(
                        "select ' partition by ' || pg_get_partkeydef(c.oid) from pg_class c"
                                + " where c.relkind = 'p' and c.oid = cast(:table as regclass)",
                        table));
    }

    private List<String> indexes(String table) {
        return strings("""
                select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class x on x.oid = i.indexrelid
                where i.indrelid = cast(:table as regclass)
                  and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
                order by x.relname collate "C"
                """, table);
    }

    private List<String> triggers(String table) {
        return strings("""
                select pg_get_triggerdef(t.oid) from pg_trigger t
                where t.tgrelid = cast(:table as regclass) and not t.tgisinternal order by t.tgname
                """, table);
    }

    private List<String> strings(String sql) {
        return jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
    }

    private List<String> strings(String sql, String table) {
        return jdbc.sql(sql)
                .param("table", table)
                .query((row, n) -> row.getString(1))
                .list();
    }
}
