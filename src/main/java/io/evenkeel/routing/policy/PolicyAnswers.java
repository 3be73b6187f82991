package io.evenkeel.routing.policy;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.policy.PolicyResponse.RuleRef;
import io.evenkeel.routing.rule.RuleMapper;
import io.evenkeel.routing.rule.RuleRow;
import io.evenkeel.routing.rule.Rules;
import jakarta.persistence.EntityManager;
import java.time.Instant;
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

/** Makes answers out of ids: three statements for any number of policies. */
@Component
class PolicyAnswers {

    private static final String ROW = """
            select y.id, y.projectId, y.listenerId, y.loadBalancerId, y.enterpriseProjectId, y.createdAt, y.updatedAt, y.spec
            from Policy y where\s""";

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Rules rules;
    private final PolicyMapper mapper;
    private final RuleMapper ruleMapper;

    PolicyAnswers(EntityManager entities, JdbcClient jdbc, Rules rules, PolicyMapper mapper, RuleMapper ruleMapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.rules = rules;
        this.mapper = mapper;
        this.ruleMapper = ruleMapper;
    }

    /** A policy as it was read, not managed. */
    record Row(
            UUID id,
            String projectId,
            UUID listenerId,
            UUID loadBalancerId,
            String enterpriseProjectId,
            Instant createdAt,
            Instant updatedAt,
            PolicySpec spec) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Row require(String projectId, UUID id) {
        return rows("y.id in :ids", projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("l7policy", id));
    }

    PolicyResponse one(String projectId, UUID id) {
        require(projectId, id);
        return of(projectId, List.of(id), false).getFirst();
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<PolicyResponse> of(String projectId, List<UUID> ids, boolean isWithRules) {
        var rows =
                rows("y.id in :ids", projectId, ids).stream().collect(Collectors.toMap(Row::id, Function.identity()));
        var statuses = statuses(ids);
        var ofPolicies = rules.of(ids).stream().collect(Collectors.groupingBy(RuleRow::policyId));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .map(row -> {
                    var status = statuses.getOrDefault(row.id(), "ACTIVE");
                    var shown = ofPolicies.getOrDefault(row.id(), List.of()).stream()
                            .<Object>map(
                                    rule -> isWithRules ? ruleMapper.toResponse(rule, status) : new RuleRef(rule.id()))
                            .toList();
                    return mapper.toResponse(row, status, shown);
                })
                .toList();
    }

    /** In the order of their creation. */
    List<Row> ofListeners(String projectId, Collection<UUID> listenerIds) {
        return rows("y.listenerId in :ids", projectId, listenerIds);
    }

    private List<Row> rows(String condition, String projectId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createQuery(ROW + condition + " and y.projectId = :project order by y.id", Row.class)
                .setParameter("ids", ids)
                .setParameter("project", projectId)
                .getResultList();
    }

    Map<UUID, String> statuses(Collection<UUID> ids) {
        var statuses = new HashMap<UUID, String>();
        if (!ids.isEmpty()) {
            jdbc.sql("select l7policy_id, provisioning_status from l7policy_status where l7policy_id = any(:ids)")
                    .param("ids", ids.toArray(UUID[]::new))
                    .query(row -> {
                        statuses.put(row.getObject(1, UUID.class), row.getString(2));
                    });
        }
        return statuses;
    }
}
