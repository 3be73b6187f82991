package io.evenkeel.audit.record;

import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists audit records: two statements for a page of any length. */
@Service
class AuditReadService {

    private static final TypeReference<Map<String, Map<String, @Nullable Object>>> DIFFERENCE =
            new TypeReference<>() {};

    private final ListQueries lists;
    private final AuditFilters filters;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditReadService(ListQueries lists, AuditFilters filters, JdbcClient jdbc, JsonMapper json) {
        this.lists = lists;
        this.filters = filters;
        this.jdbc = jdbc;
        this.json = json;
    }

    record Page(List<AuditRecordResponse> records, PageInfo info) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        var records = new HashMap<UUID, AuditRecordResponse>();
        jdbc.sql("select * from audit_record where project_id = :project and id = any(cast(:ids as uuid[]))")
                .param("project", projectId)
                .param("ids", page.ids().toArray(String[]::new))
                .query((row, n) -> response(row))
                .list()
                .forEach(record -> records.put(record.id(), record));
        return new Page(
                page.uuids().stream().map(records::get).filter(Objects::nonNull).toList(), page.info());
    }

    /** What was stands before what is, which the database does not keep so. */
    private Map<String, Map<String, @Nullable Object>> difference(String text) {
        var difference = json.readValue(text, DIFFERENCE);
        difference.replaceAll((attribute, change) -> {
            var ordered = new LinkedHashMap<String, @Nullable Object>();
            for (var side : List.of("before", "after")) {
                if (change.containsKey(side)) {
                    ordered.put(side, change.get(side));
                }
            }
            return ordered;
        });
        return difference;
    }

    private AuditRecordResponse response(ResultSet row) throws SQLException {
        long generation = row.getLong("generation");
        boolean hasGeneration = !row.wasNull();
        return new AuditRecordResponse(
                row.getObject("id", UUID.class),
                row.getTimestamp("happened_at").toInstant().toString(),
                row.getString("request_id"),
                row.getString("caller"),
                row.getString("caller_role"),
                row.getString("source_address"),
                row.getString("operation"),
                row.getString("action"),
                row.getString("resource_kind"),
                row.getString("resource_id"),
                hasGeneration ? generation : null,
                difference(row.getString("difference")));
    }
}
