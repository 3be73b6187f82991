package io.evenkeel.bench.controlplane.fill;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into one table by COPY. One connection takes one of these at a time. */
final class CopyRows implements AutoCloseable {

    private static final int FLUSH_AT = 1 << 16;

    private final CopyIn copy;
    private final Map<String, Integer> index = new HashMap<>();
    private final @Nullable String[] values;
    private final StringBuilder buffer = new StringBuilder(FLUSH_AT + 4096);

    private CopyRows(Connection connection, String table, List<String> columns, @Nullable String[] values)
            throws SQLException {
        for (var column : columns) {
            index.put(column, index.size());
        }
        this.values = values;
        this.copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy %s (%s) from stdin (format csv)".formatted(table, String.join(", ", columns)));
    }

    static CopyRows into(Connection connection, String table, String... columns) throws SQLException {
        return new CopyRows(connection, table, List.of(columns), new String[columns.length]);
    }

    static CopyRows like(Connection connection, Template template) throws SQLException {
        return new CopyRows(
                connection,
                template.table(),
                List.copyOf(template.values().keySet()),
                template.values().values().toArray(String[]::new));
    }

    /** A value that this row and those after it have. */
    CopyRows set(String column, @Nullable Object value) {
        var at = index.get(column);
        if (at == null) {
            throw new IllegalArgumentException("No such column: " + column);
        }
        values[at] = value == null ? null : value.toString();
        return this;
    }

    void write() throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                buffer.append(',');
            }
            var value = values[i];
            if (value != null) {
                buffer.append('"').append(value.replace("\"", "\"\"")).append('"');
            }
        }
        buffer.append('\n');
        if (buffer.length() >= FLUSH_AT) {
            flush();
        }
    }

    private void flush() throws SQLException {
        var bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }

    @Override
    public void close() throws SQLException {
        flush();
        copy.endCopy();
    }
}
