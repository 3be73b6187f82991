package io.evenkeel.audit.event;

import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
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

/** Lists events: two statements for a page of any length. */
@Service
class EventReadService {

    private static final TypeReference<Map<String, @Nullable Object>> DETAILS = new TypeReference<>() {};

    private final ListQueries lists;
    private final EventFilters filters;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventReadService(ListQueries lists, EventFilters filters, JdbcClient jdbc, JsonMapper json) {
        this.lists = lists;
        this.filters = filters;
        this.jdbc = jdbc;
        this.json = json;
    }

    record Page(List<EventResponse> events, PageInfo info) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        var events = new HashMap<UUID, EventResponse>();
        jdbc.sql("select * from event where project_id = :project and id = any(cast(:ids as uuid[]))")
                .param("project", projectId)
                .param("ids", page.ids().toArray(String[]::new))
                .query((row, n) -> response(row))
                .list()
                .forEach(event -> events.put(event.id(), event));
        return new Page(
                page.uuids().stream().map(events::get).filter(Objects::nonNull).toList(), page.info());
    }

    private EventResponse response(ResultSet row) throws SQLException {
        return new EventResponse(
                row.getObject("id", UUID.class),
                row.getTimestamp("happened_at").toInstant().toString(),
                row.getString("kind"),
                row.getString("resource_kind"),
                row.getString("resource_id"),
                row.getString("message"),
                json.readValue(row.getString("details"), DETAILS));
    }
}
