package io.evenkeel.identity;

import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link SealedRows} of one column; the module that owns the table makes it its bean. */
public final class SealedColumn implements SealedRows {

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final String what;
    private final String select;
    private final String update;

    /**
     * @param table with its sealed column, such as {@code certificate.sealed_private_key}
     * @param owner SQL that makes the owner's name, as it was sealed, out of a row: {@code 'certificate/' || id}
     */
    public SealedColumn(JdbcClient jdbc, Sealing sealing, String what, String table, String owner) {
        this.jdbc = jdbc;
        this.sealing = sealing;
        this.what = what;
        var name = table.substring(0, table.indexOf('.'));
        var column = table.substring(table.indexOf('.') + 1);
        // A locked row keeps its place until its transaction changes it.
        select = "select cast(ctid as text), %s, %s from %s where substring(%s from 1 for :length) <> :prefix"
                        .formatted(owner, column, name, column)
                + " limit :limit for update";
        update = "update %s set %s = :sealed where ctid = cast(:place as tid)".formatted(name, column);
    }

    @SuppressWarnings("ArrayRecordComponent") // Sealed bytes, never compared.
    private record Row(String place, String owner, byte[] sealed) {}

    @Override
    public String what() {
        return what;
    }

    @Override
    public int sealAnew(int limit) {
        var prefix = sealing.prefix();
        var rows = jdbc.sql(select)
                .param("length", prefix.length)
                .param("prefix", prefix)
                .param("limit", limit)
                .query((row, n) -> new Row(row.getString(1), row.getString(2), row.getBytes(3)))
                .list();
        for (var row : rows) {
            jdbc.sql(update)
                    .param("sealed", sealing.seal(sealing.open(row.sealed(), row.owner()), row.owner()))
                    .param("place", row.place())
                    .update();
        }
        return rows.size();
    }
}
