package io.evenkeel.certificate.policy;

import io.evenkeel.certificate.policy.SecurityPolicyResponse.ListenerRef;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: two statements for any number of policies. */
@Component
class SecurityPolicyReader {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final SecurityPolicyMapper mapper;

    SecurityPolicyReader(EntityManager entities, JdbcClient jdbc, SecurityPolicyMapper mapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.mapper = mapper;
    }

    /** A policy as it was read, not managed. */
    record Row(UUID id, String projectId, Instant createdAt, Instant updatedAt, SecurityPolicySpec spec) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Row require(String projectId, UUID id) {
        return rows(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("security_policy", id));
    }

    /** Locks the policy against every other use and change. Errors: {@link ErrorCode#NOT_FOUND}. */
    void lock(String projectId, UUID id) {
        var found = jdbc.sql("select name from security_policy where project_id = :project and id = :id for update")
                .param("project", projectId)
                .param("id", id)
                .query((row, n) -> row.getString(1))
                .list();
        if (found.isEmpty()) {
            throw ErrorCode.NOT_FOUND.with("security_policy", id);
        }
    }

    SecurityPolicyResponse show(String projectId, UUID id) {
        return mapper.toResponse(require(projectId, id), listeners(List.of(id)).getOrDefault(id, List.of()));
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<SecurityPolicyResponse> list(String projectId, List<UUID> ids) {
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

    /** The listeners of each policy that has some. */
    Map<UUID, List<ListenerRef>> listeners(Collection<UUID> ids) {
        var found = new HashMap<UUID, List<ListenerRef>>();
        jdbc.sql("select security_policy_id, id from listener where security_policy_id = any(:ids) order by id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    var policy = Objects.requireNonNull(row.getObject(1, UUID.class));
                    var listener = Objects.requireNonNull(row.getObject(2, UUID.class));
                    found.computeIfAbsent(policy, id -> new ArrayList<>()).add(new ListenerRef(listener));
                });
        return found;
    }

    private List<Row> rows(String projectId, Collection<UUID> ids) {
        return entities.createQuery("""
                        select p.id, p.projectId, p.createdAt, p.updatedAt, p.spec
                        from SecurityPolicy p where p.projectId = :project and p.id in :ids
                        """, Row.class)
                .setParameter("project", projectId)
                .setParameter("ids", ids)
                .getResultList();
    }
}
