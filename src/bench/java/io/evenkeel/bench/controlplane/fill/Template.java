package io.evenkeel.bench.controlplane.fill;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the service itself wrote it, after which a table is filled: what the fill does not vary is as in real rows,
 * columns included that come with later migrations.
 *
 * @param values of all columns that are written, as text
 */
record Template(String table, Map<String, @Nullable String> values) {

    /** Any row of the table; what the database computes or stamps itself is left out. */
    static Template of(Connection connection, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.prepareStatement("""
                select column_name from information_schema.columns
                where table_schema = 'public' and table_name = ? and is_generated = 'NEVER' and column_name <> 'changed_in'
                order by ordinal_position""")) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        var values = new LinkedHashMap<String, @Nullable String>();
        var texts =
                columns.stream().map(column -> "cast(" + column + " as text)").toList();
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery("select " + String.join(", ", texts) + " from " + table + " limit 1")) {
            if (!row.next()) {
                throw new IllegalStateException("No row to fill " + table + " after");
            }
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), row.getString(i + 1));
            }
        }
        return new Template(table, values);
    }
}
