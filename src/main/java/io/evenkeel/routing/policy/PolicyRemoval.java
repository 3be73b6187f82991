package io.evenkeel.routing.policy;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import io.evenkeel.routing.KnownPolicy;
import io.evenkeel.routing.KnownPolicy.KnownRule;
import io.evenkeel.routing.Policies;
import io.evenkeel.routing.policy.PolicyAnswers.Row;
import io.evenkeel.routing.rule.RuleRow;
import io.evenkeel.routing.rule.Rules;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes policies away, and tells others which there are. */
@Component
class PolicyRemoval implements Policies {

    static final String KIND = "l7policy";

    private final EntityManager entities;
    private final PolicyAnswers answers;
    private final PolicyPools pools;
    private final Rules rules;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;

    PolicyRemoval(
            EntityManager entities,
            PolicyAnswers answers,
            PolicyPools pools,
            Rules rules,
            Quotas quotas,
            ApplicationEventPublisher events) {
        this.entities = entities;
        this.answers = answers;
        this.pools = pools;
        this.rules = rules;
        this.quotas = quotas;
        this.events = events;
    }

    @Override
    public List<KnownPolicy> ofListeners(String projectId, Collection<UUID> listenerIds) {
        var rows = answers.ofListeners(projectId, listenerIds);
        var ids = rows.stream().map(Row::id).toList();
        var statuses = answers.statuses(ids);
        var ofPolicies = rules.of(ids).stream().collect(Collectors.groupingBy(RuleRow::policyId));
        return rows.stream()
                .map(row -> new KnownPolicy(
                        row.id(),
                        row.listenerId(),
                        row.spec().name(),
                        row.spec().action(),
                        row.spec().adminStateUp(),
                        statuses.getOrDefault(row.id(), "ACTIVE"),
                        List.copyOf(row.spec().pools()),
                        ofPolicies.getOrDefault(row.id(), List.of()).stream()
                                .map(rule ->
                                        new KnownRule(rule.id(), rule.spec().type()))
                                .toList()))
                .toList();
    }

    @Override
    public void deleteOf(String projectId, UUID listenerId, long generation) {
        remove(projectId, answers.ofListeners(projectId, List.of(listenerId)), generation);
    }

    /** Under the load balancer's lock; the rows were read under it as well. */
    void remove(String projectId, List<Row> policies, long generation) {
        pools.release(
                projectId,
                policies.stream()
                        .flatMap(policy -> policy.spec().pools().stream())
                        .toList());
        quotas.giveBack(projectId, QuotaKey.L7POLICY, policies.size());
        for (var policy : policies) {
            rules.removeAll(policy.id(), generation);
            pools.clear(policy.id());
            entities.remove(locked(policy.id()));
            entities.flush();
            events.publishEvent(ResourceWritten.deleted(projectId, KIND, policy.id(), generation, policy.spec()));
        }
    }

    /** The policy's row. Errors: {@link ErrorCode#NOT_FOUND}. */
    Policy locked(UUID id) {
        @Nullable Policy policy = entities.find(Policy.class, id);
        if (policy == null) {
            throw ErrorCode.NOT_FOUND.with(KIND, id);
        }
        return policy;
    }
}
