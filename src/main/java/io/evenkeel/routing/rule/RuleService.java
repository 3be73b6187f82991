package io.evenkeel.routing.rule;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListOperation;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.matching.RuleSet;
import io.evenkeel.routing.matching.RuleSpec;
import io.evenkeel.routing.rule.Rules.Owner;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Writes single rules and answers with them. Each write advances the load balancer first. */
@Service
class RuleService {

    private final Rules rules;
    private final LoadBalancers loadBalancers;
    private final ListQueries lists;
    private final RuleFilters.OfPolicy filters;
    private final RuleFilters.OfProject allFilters;
    private final RuleMapper mapper;
    private final JdbcClient jdbc;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RuleService(
            Rules rules,
            LoadBalancers loadBalancers,
            ListQueries lists,
            RuleFilters.OfPolicy filters,
            RuleFilters.OfProject allFilters,
            RuleMapper mapper,
            JdbcClient jdbc,
            EntityManager entities,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rules = rules;
        this.loadBalancers = loadBalancers;
        this.lists = lists;
        this.filters = filters;
        this.allFilters = allFilters;
        this.mapper = mapper;
        this.jdbc = jdbc;
        this.entities = entities;
        this.events = events;
        this.clock = clock;
    }

    record Page(List<RuleResponse> rules, PageInfo info) {}

    /** Errors: NOT_FOUND for the policy, INVALID_INPUT. */
    @Transactional
    RuleResponse create(String projectId, UUID policyId, CreateRuleRequest request) {
        var spec = request.toSpec(projectId, "rule");
        var loadBalancer = loadBalancers.advance(
                projectId, rules.owner(projectId, policyId).loadBalancerId());
        var owner = rules.owner(projectId, policyId);
        check(owner, Optional.empty(), spec);
        var id = rules.add(owner, spec, loadBalancer.generation());
        rules.settle(owner);
        return answer(owner, id);
    }

    /** Errors: NOT_FOUND for the policy. */
    @Transactional(readOnly = true)
    Page list(String projectId, UUID policyId, MultiValueMap<String, String> query) {
        rules.owner(projectId, policyId);
        return page(filters, projectId, query, Map.of(RuleFilters.POLICY, policyId));
    }

    @Transactional(readOnly = true)
    Page listAll(String projectId, MultiValueMap<String, String> query) {
        return page(allFilters, projectId, query, Map.of());
    }

    private Page page(
            ListOperation operation, String projectId, MultiValueMap<String, String> query, Map<String, UUID> fixed) {
        var page = lists.page(operation, projectId, query, fixed);
        var rows = rules.withIds(page.uuids()).stream().collect(Collectors.toMap(RuleRow::id, Function.identity()));
        var statuses = statuses(rows.values().stream().map(RuleRow::policyId).collect(Collectors.toSet()));
        var answers = page.uuids().stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .map(row -> mapper.toResponse(row, statuses.getOrDefault(row.policyId(), "ACTIVE")))
                .toList();
        return new Page(answers, page.info());
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true)
    RuleResponse show(String projectId, UUID policyId, UUID id) {
        return answer(rules.owner(projectId, policyId), id);
    }

    /** Errors: NOT_FOUND, INVALID_INPUT. What changes nothing advances nothing. */
    @Transactional
    RuleResponse update(String projectId, UUID policyId, UUID id, UpdateRuleRequest request) {
        var owner = rules.owner(projectId, policyId);
        var before = row(owner, id);
        request.warn();
        if (request.applyTo(before.spec()).equals(before.spec())) {
            return answer(owner, id);
        }
        var loadBalancer = loadBalancers.advance(projectId, owner.loadBalancerId());
        var held = rules.owner(projectId, policyId);
        var rule = rules.locked(id);
        var now = rule.spec();
        var spec = request.applyTo(now);
        check(held, Optional.of(id), spec);
        rule.apply(spec, clock.instant());
        entities.flush();
        rules.settle(held);
        events.publishEvent(ResourceWritten.updated(projectId, Rules.KIND, id, loadBalancer.generation(), now, spec));
        return answer(held, id);
    }

    /** Errors: NOT_FOUND. */
    @Transactional
    void delete(String projectId, UUID policyId, UUID id) {
        var owner = rules.owner(projectId, policyId);
        row(owner, id);
        var loadBalancer = loadBalancers.advance(projectId, owner.loadBalancerId());
        rules.remove(row(owner, id), loadBalancer.generation());
        rules.settle(owner);
    }

    /** Whether the rule fits its policy and listener, beside the policy's other rules. */
    private void check(Owner owner, Optional<UUID> id, RuleSpec spec) {
        if (owner.action() == PolicyAction.REDIRECT_TO_LISTENER) {
            throw ErrorCode.INVALID_INPUT.with("rule", "an l7policy with action REDIRECT_TO_LISTENER has no rules");
        }
        spec.checkFor(owner.hasAdvancedPolicies(), "rule");
        var all = new ArrayList<RuleSpec>();
        rules.of(List.of(owner.id())).stream()
                .filter(row -> !id.equals(Optional.of(row.id())))
                .forEach(row -> all.add(row.spec()));
        all.add(spec);
        RuleSet.check(all, "rule");
    }

    private RuleRow row(Owner owner, UUID id) {
        return rules.withIds(List.of(id)).stream()
                .filter(row -> row.policyId().equals(owner.id()))
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(Rules.KIND, id));
    }

    private RuleResponse answer(Owner owner, UUID id) {
        return mapper.toResponse(row(owner, id), statuses(List.of(owner.id())).getOrDefault(owner.id(), "ACTIVE"));
    }

    /** A rule is in error with its policy. */
    private Map<UUID, String> statuses(Collection<UUID> policyIds) {
        var statuses = new HashMap<UUID, String>();
        jdbc.sql("select l7policy_id, provisioning_status from l7policy_status where l7policy_id = any(:ids)")
                .param("ids", policyIds.toArray(UUID[]::new))
                .query(row -> {
                    statuses.put(row.getObject(1, UUID.class), row.getString(2));
                });
        return statuses;
    }
}
