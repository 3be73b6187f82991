package io.evenkeel.routing.policy;

import io.evenkeel.listener.Listeners;
import io.evenkeel.listener.Listeners.Known;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import io.evenkeel.routing.NotInEffect;
import io.evenkeel.routing.matching.RuleSpec;
import io.evenkeel.routing.policy.Policy.Home;
import io.evenkeel.routing.policy.PolicyAnswers.Row;
import io.evenkeel.routing.priority.Priorities;
import io.evenkeel.routing.rule.RuleRow;
import io.evenkeel.routing.rule.Rules;
import io.evenkeel.routing.rule.Rules.Owner;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/**
 * L7 policies. Every write is one transaction that advances the load balancer first, then the pools concerned by id.
 * Errors: INVALID_INPUT, NOT_FOUND, MISMATCH (a listener or pool that does not fit), CONFLICT (a priority or pool that
 * is taken), QUOTA_EXCEEDED.
 */
@Service
class PolicyService {

    private final EntityManager entities;
    private final LoadBalancers loadBalancers;
    private final Listeners listeners;
    private final PolicyRules policyRules;
    private final Priorities priorities;
    private final PolicyPools pools;
    private final PolicyRemoval removal;
    private final Rules rules;
    private final PolicyAnswers answers;
    private final Quotas quotas;
    private final ListQueries lists;
    private final PolicyFilters filters;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PolicyService(
            EntityManager entities,
            LoadBalancers loadBalancers,
            Listeners listeners,
            PolicyRules policyRules,
            Priorities priorities,
            PolicyPools pools,
            PolicyRemoval removal,
            Rules rules,
            PolicyAnswers answers,
            Quotas quotas,
            ListQueries lists,
            PolicyFilters filters,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.loadBalancers = loadBalancers;
        this.listeners = listeners;
        this.policyRules = policyRules;
        this.priorities = priorities;
        this.pools = pools;
        this.removal = removal;
        this.rules = rules;
        this.answers = answers;
        this.quotas = quotas;
        this.lists = lists;
        this.filters = filters;
        this.events = events;
        this.clock = clock;
    }

    record Page(List<PolicyResponse> policies, PageInfo info) {}

    @Transactional
    PolicyResponse create(String projectId, CreatePolicyRequest request) {
        var asked = request.toSpec(projectId);
        var ruleSpecs = request.ruleSpecs(projectId);
        var listenerId = UUID.fromString(request.listenerId());
        var loadBalancer = loadBalancers.advance(
                projectId, listeners.require(projectId, listenerId).loadBalancerId());
        var listener = listeners.require(projectId, listenerId);
        policyRules.check(projectId, listener, asked, ruleSpecs);
        var spec = asked.withPriority(
                listener.hasAdvancedPolicies() ? priorities.ofNew(listenerId, asked.action(), asked.priority()) : null);
        var id = insert(projectId, loadBalancer, listener, spec, ruleSpecs);
        request.warn();
        return answers.one(projectId, id);
    }

    UUID insert(
            String projectId,
            AdvancedLoadBalancer loadBalancer,
            Known listener,
            PolicySpec spec,
            List<RuleSpec> ruleSpecs) {
        pools.change(projectId, loadBalancer, listener, Set.of(), spec.pools());
        quotas.within(
                projectId,
                QuotaKey.L7POLICIES_PER_LISTENER,
                answers.ofListeners(projectId, List.of(listener.id())).size() + 1);
        quotas.take(projectId, QuotaKey.L7POLICY, 1);
        var home = new Home(
                projectId, listener.id(), loadBalancer.id(), loadBalancer.vpcId(), listener.enterpriseProjectId());
        var id = Ids.next(clock);
        entities.persist(new Policy(id, home, clock.instant(), spec));
        entities.flush();
        pools.write(id, listener, loadBalancer.vpcId(), spec.pools());
        warn(id, spec);
        events.publishEvent(
                ResourceWritten.created(projectId, PolicyRemoval.KIND, id, loadBalancer.generation(), spec));
        rules.replace(owner(projectId, id, listener, spec), ruleSpecs, loadBalancer.generation());
        return id;
    }

    private static Owner owner(String projectId, UUID id, Known listener, PolicySpec spec) {
        return new Owner(id, projectId, spec.action(), listener.loadBalancerId(), listener.hasAdvancedPolicies());
    }

    /** The query may ask for whole rules. */
    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        boolean isWithRules = "true".equals(query.getFirst(PolicyFilters.DISPLAY_ALL_RULES));
        return new Page(answers.of(projectId, page.uuids(), isWithRules), page.info());
    }

    @Transactional(readOnly = true)
    PolicyResponse show(String projectId, UUID id) {
        return answers.one(projectId, id);
    }

    /** What changes nothing advances nothing. */
    @Transactional
    PolicyResponse update(String projectId, UUID id, UpdatePolicyRequest request) {
        var before = answers.require(projectId, id);
        if (!isChange(before, request)) {
            return answers.one(projectId, id);
        }
        var loadBalancer = loadBalancers.advance(projectId, before.loadBalancerId());
        var policy = removal.locked(id);
        var now = policy.spec();
        var ruleSpecs = request.rulesOver(specsOf(id), projectId);
        var listener = listeners.require(projectId, before.listenerId());
        var asked = request.applyTo(now);
        policyRules.check(projectId, listener, asked, ruleSpecs);
        var spec = listener.hasAdvancedPolicies() ? asked : asked.withPriority(null);
        if (spec.priority() != null && !Objects.equals(now.priority(), spec.priority())) {
            priorities.checkFree(listener.id(), spec.priority());
        }
        changePools(projectId, id, loadBalancer, listener, now, spec);
        policy.apply(spec, clock.instant());
        entities.flush();
        rules.replace(owner(projectId, id, listener, spec), ruleSpecs, loadBalancer.generation());
        if (!now.equals(spec)) {
            events.publishEvent(
                    ResourceWritten.updated(projectId, PolicyRemoval.KIND, id, loadBalancer.generation(), now, spec));
        }
        warn(id, spec);
        return answers.one(projectId, id);
    }

    private static void warn(UUID id, PolicySpec spec) {
        spec.notInEffect().forEach(what -> NotInEffect.ofPolicy(id, what));
    }

    private void changePools(
            String projectId,
            UUID id,
            AdvancedLoadBalancer loadBalancer,
            Known listener,
            PolicySpec now,
            PolicySpec spec) {
        if (!now.pools().equals(spec.pools())) {
            pools.change(projectId, loadBalancer, listener, now.pools(), spec.pools());
            pools.checkUnused(listener, now.pools(), spec.pools());
            pools.write(id, listener, loadBalancer.vpcId(), spec.pools());
        }
    }

    private boolean isChange(Row before, UpdatePolicyRequest request) {
        var specs = specsOf(before.id());
        return !request.applyTo(before.spec()).equals(before.spec())
                || !request.rulesOver(specs, before.projectId()).equals(specs);
    }

    private List<RuleSpec> specsOf(UUID id) {
        return rules.of(List.of(id)).stream().map(RuleRow::spec).toList();
    }

    @Transactional
    void delete(String projectId, UUID id) {
        var loadBalancer =
                loadBalancers.advance(projectId, answers.require(projectId, id).loadBalancerId());
        removal.remove(projectId, List.of(answers.require(projectId, id)), loadBalancer.generation());
    }
}
