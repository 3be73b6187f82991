package io.evenkeel.listener.rest;

import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.status.ObservedStatuses;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: two statements for any number of listeners. */
@Component
class ListenerAnswers {

    private final EntityManager entities;
    private final ObservedStatuses statuses;
    private final ListenerMapper mapper;

    ListenerAnswers(EntityManager entities, ObservedStatuses statuses, ListenerMapper mapper) {
        this.entities = entities;
        this.statuses = statuses;
        this.mapper = mapper;
    }

    /** A listener as it was read, not managed. */
    record Row(
            UUID id,
            String projectId,
            UUID loadBalancerId,
            String enterpriseProjectId,
            Instant createdAt,
            Instant updatedAt,
            ListenerSpec spec) {

        static Row of(Listener listener) {
            var home = listener.home();
            return new Row(
                    listener.id(),
                    home.projectId(),
                    home.loadBalancerId(),
                    home.enterpriseProjectId(),
                    listener.createdAt(),
                    listener.updatedAt(),
                    listener.spec());
        }
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Row require(String projectId, UUID id) {
        return rows(List.of(id)).stream()
                .filter(row -> row.projectId().equals(projectId))
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", id));
    }

    ListenerResponse of(Row row) {
        return ofRows(List.of(row)).getFirst();
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<ListenerResponse> of(String projectId, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = rows(ids).stream()
                .filter(row -> row.projectId().equals(projectId))
                .collect(Collectors.toMap(Row::id, Function.identity()));
        return ofRows(ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .toList());
    }

    private List<ListenerResponse> ofRows(List<Row> rows) {
        var observed = statuses.ofListeners(rows.stream().map(Row::id).toList());
        return rows.stream()
                .map(row -> mapper.toResponse(row, observed.getOrDefault(row.id(), ObservedStatus.ONLINE)))
                .toList();
    }

    private List<Row> rows(Collection<UUID> ids) {
        return entities.createQuery("""
                        select l.id, l.projectId, l.loadBalancerId, l.enterpriseProjectId, l.createdAt, l.updatedAt, l.spec
                        from Listener l where l.id in :ids
                        """, Row.class).setParameter("ids", ids).getResultList();
    }
}
