package io.evenkeel.routing.policy;

import io.evenkeel.listener.Listeners;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.routing.PolicyCopying;
import io.evenkeel.routing.policy.PolicyAnswers.Row;
import io.evenkeel.routing.rule.RuleRow;
import io.evenkeel.routing.rule.Rules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
class PolicyCopies implements PolicyCopying {

    private final PolicyAnswers answers;
    private final PolicyService policies;
    private final PolicyRules policyRules;
    private final Rules rules;
    private final Listeners listeners;

    PolicyCopies(
            PolicyAnswers answers, PolicyService policies, PolicyRules policyRules, Rules rules, Listeners listeners) {
        this.answers = answers;
        this.policies = policies;
        this.policyRules = policyRules;
        this.rules = rules;
        this.listeners = listeners;
    }

    @Override
    public void copyAll(String projectId, AdvancedLoadBalancer to, Map<UUID, UUID> copies, Map<UUID, UUID> pools) {
        var originals = answers.ofListeners(projectId, copies.keySet());
        var rulesOf = rules.of(originals.stream().map(Row::id).toList()).stream()
                .collect(Collectors.groupingBy(RuleRow::policyId));
        for (var original : originals) {
            var copy = listeners.require(projectId, Objects.requireNonNull(copies.get(original.listenerId())));
            var spec = original.spec().redirected(pools, copies);
            var ruleSpecs = rulesOf.getOrDefault(original.id(), List.of()).stream()
                    .map(RuleRow::spec)
                    .toList();
            policyRules.check(projectId, copy, spec, ruleSpecs);
            policies.insert(projectId, to, copy, spec, ruleSpecs);
        }
    }
}
