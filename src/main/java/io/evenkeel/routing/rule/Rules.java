package io.evenkeel.routing.rule;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.matching.RuleSet;
import io.evenkeel.routing.matching.RuleSpec;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rules of policies. Writes take part in the caller's transaction, which has advanced the load balancer before, and
 * are announced with its generation.
 */
@Component
public class Rules {

    static final String KIND = "l7rule";

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Rules(EntityManager entities, JdbcClient jdbc, Quotas quotas, ApplicationEventPublisher events, Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    /** The policy that rules belong to, as one read saw it. */
    public record Owner(
            UUID id, String projectId, PolicyAction action, UUID loadBalancerId, boolean hasAdvancedPolicies) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Owner owner(String projectId, UUID policyId) {
        return jdbc.sql("""
                        select y.action, y.load_balancer_id, l.enhance_l7policy_enable
                        from l7policy y join listener l on l.id = y.listener_id
                        where y.id = :id and y.project_id = :project
                        """)
                .param("id", policyId)
                .param("project", projectId)
                .query((row, n) -> new Owner(
                        policyId,
                        projectId,
                        PolicyAction.valueOf(row.getString("action")),
                        row.getObject("load_balancer_id", UUID.class),
                        row.getBoolean("enhance_l7policy_enable")))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("l7policy", policyId));
    }

    /** All rules of the policies, in the order of their creation. */
    public List<RuleRow> of(Collection<UUID> policyIds) {
        return rows("r.policyId in :ids", policyIds);
    }

    List<RuleRow> withIds(Collection<UUID> ids) {
        return rows("r.id in :ids", ids);
    }

    private List<RuleRow> rows(String condition, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("""
                        select r.id, r.projectId, r.policyId, r.createdAt, r.updatedAt, r.spec
                        from Rule r where %s order by r.id""".formatted(condition), RuleRow.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** Adds a rule; the caller settles the policy afterwards. */
    UUID add(Owner owner, RuleSpec spec, long generation) {
        var id = Ids.next(clock);
        entities.persist(new Rule(id, owner.projectId(), owner.id(), clock.instant(), spec));
        events.publishEvent(ResourceWritten.created(owner.projectId(), KIND, id, generation, spec));
        return id;
    }

    void remove(RuleRow row, long generation) {
        entities.remove(locked(row.id()));
        events.publishEvent(ResourceWritten.deleted(row.projectId(), KIND, row.id(), generation, row.spec()));
    }

    /** The rule's row under the load balancer's lock. Errors: {@link ErrorCode#NOT_FOUND}. */
    Rule locked(UUID id) {
        @Nullable Rule rule = entities.find(Rule.class, id);
        if (rule == null) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        return rule;
    }

    /** Replaces all rules of a policy; those that are there already, in this order, stay as they are. */
    public void replace(Owner owner, List<RuleSpec> specs, long generation) {
        var before = of(List.of(owner.id()));
        if (!before.stream().map(RuleRow::spec).toList().equals(specs)) {
            before.forEach(row -> remove(row, generation));
            specs.forEach(spec -> add(owner, spec, generation));
        }
        settle(owner);
    }

    /** Deletes all rules of a policy that is about to go. */
    public void removeAll(UUID policyId, long generation) {
        of(List.of(policyId)).forEach(row -> remove(row, generation));
        entities.flush();
    }

    /** Writes down what the policy matches now. Errors: QUOTA_EXCEEDED for its conditions. */
    void settle(Owner owner) {
        entities.flush();
        var specs = of(List.of(owner.id())).stream().map(RuleRow::spec).toList();
        quotas.within(
                owner.projectId(),
                QuotaKey.CONDITION_PER_POLICY,
                specs.stream().mapToInt(RuleSpec::size).sum());
        jdbc.sql("update l7policy set rule_set = :set where id = :id")
                .param("set", RuleSet.digest(owner.action(), specs).orElse(null))
                .param("id", owner.id())
                .update();
    }
}
