package io.evenkeel.accesscontrol;

import io.evenkeel.accesscontrol.IpGroupResponse.ListenerRef;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: two statements for any number of IP groups. */
@Component
class IpGroupAnswers {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final IpGroupMapper mapper;

    IpGroupAnswers(EntityManager entities, JdbcClient jdbc, IpGroupMapper mapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.mapper = mapper;
    }

    /** An IP group as it was read, not managed. */
    record Row(UUID id, String projectId, Instant createdAt, Instant updatedAt, IpGroupSpec spec) {}

    /** Errors: NOT_FOUND. */
    Row require(String projectId, UUID id) {
        return rows(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("ipgroup", id));
    }

    IpGroupResponse of(Row row) {
        return mapper.toResponse(row, listeners(row.id()));
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<IpGroupResponse> of(String projectId, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = rows(projectId, ids).stream().collect(Collectors.toMap(Row::id, Function.identity()));
        var listeners = listeners(ids);
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .map(row -> mapper.toResponse(row, listeners.getOrDefault(row.id(), List.of())))
                .toList();
    }

    List<ListenerRef> listeners(UUID id) {
        return listeners(List.of(id)).getOrDefault(id, List.of());
    }

    private Map<UUID, List<ListenerRef>> listeners(Collection<UUID> ids) {
        var listeners = new HashMap<UUID, List<ListenerRef>>();
        jdbc.sql("select ipgroup_id, id from listener where ipgroup_id = any(:ids) order by id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    listeners
                            .computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new ListenerRef(row.getObject(2, UUID.class)));
                });
        return listeners;
    }

    private List<Row> rows(String projectId, Collection<UUID> ids) {
        return entities.createQuery("""
                        select g.id, g.projectId, g.createdAt, g.updatedAt, g.spec
                        from IpGroup g where g.projectId = :project and g.id in :ids
                        """, Row.class)
                .setParameter("project", projectId)
                .setParameter("ids", ids)
                .getResultList();
    }
}
