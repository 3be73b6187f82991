package io.evenkeel.catalog;

import io.evenkeel.catalog.FlavorResponse.FlavorInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads flavors by their ids, in the order of the ids. */
@Component
class FlavorReader {

    private static final String SQL = """
            select id, name, type, category, (info->>'connection')::int as connection, (info->>'cps')::int as cps,
                   (info->>'qps')::int as qps, (info->>'bandwidth')::int as bandwidth, (info->>'lcu')::int as lcu,
                   (info->>'https_cps')::int as https_cps
            from flavor where id = any(:ids) order by id
            """;

    private final JdbcClient jdbc;

    FlavorReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<FlavorResponse> read(String projectId, List<String> ids) {
        return List.copyOf(jdbc.sql(SQL)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> flavor(projectId, row))
                .list());
    }

    private static FlavorResponse flavor(String projectId, ResultSet row) throws SQLException {
        return new FlavorResponse(
                row.getString("id"),
                row.getString("name"),
                row.getString("type"),
                true,
                projectId,
                false,
                "center",
                row.getInt("category"),
                new FlavorInfo(
                        row.getInt("connection"),
                        row.getInt("cps"),
                        integer(row, "qps"),
                        integer(row, "bandwidth"),
                        integer(row, "lcu"),
                        integer(row, "https_cps")));
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }
}
