package io.evenkeel.audit.event;

import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Lists events: two statements for a page of any length. */
@Service
class EventReadService {

    private final ListQueries lists;
    private final EventFilters filters;
    private final JdbcClient jdbc;
    private final EventRows rows;

    EventReadService(ListQueries lists, EventFilters filters, JdbcClient jdbc, EventRows rows) {
        this.lists = lists;
        this.filters = filters;
        this.jdbc = jdbc;
        this.rows = rows;
    }

    record Page(List<EventResponse> events, PageInfo info) {}

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        var events = new HashMap<UUID, EventResponse>();
        jdbc.sql("select * from event where project_id = :project and id = any(cast(:ids as uuid[]))")
                .param("project", projectId)
                .param("ids", page.ids().toArray(String[]::new))
                .query((row, n) -> rows.event(row))
                .list()
                .forEach(event -> events.put(event.id(), event));
        return new Page(
                page.uuids().stream().map(events::get).filter(Objects::nonNull).toList(), page.info());
    }
}
