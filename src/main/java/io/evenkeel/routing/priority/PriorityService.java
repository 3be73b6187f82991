package io.evenkeel.routing.priority;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.priority.Priorities.PolicyPriority;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes the priorities of several policies, of whichever listeners, at once: all of them or none. */
@Service
class PriorityService {

    private final JdbcClient jdbc;
    private final LoadBalancers loadBalancers;
    private final Priorities priorities;
    private final ApplicationEventPublisher events;

    PriorityService(
            JdbcClient jdbc, LoadBalancers loadBalancers, Priorities priorities, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.loadBalancers = loadBalancers;
        this.priorities = priorities;
        this.events = events;
    }

    private record Held(
            UUID id,
            UUID listenerId,
            UUID loadBalancerId,
            PolicyAction action,
            @Nullable Integer priority,
            boolean hasAdvancedPolicies) {}

    /** Errors: NOT_FOUND, INVALID_INPUT, CONFLICT when two policies of a listener would have one priority. */
    @Transactional
    void change(String projectId, List<PriorityController.WantedPriority> wanted) {
        var asked = new LinkedHashMap<UUID, Integer>();
        for (int i = 0; i < wanted.size(); i++) {
            if (asked.put(UUID.fromString(wanted.get(i).id()), wanted.get(i).priority()) != null) {
                throw ErrorCode.INVALID_INPUT.with("l7policies[" + i + "].id", "must not stand twice in the list");
            }
        }
        var before = held(projectId, asked);
        if (before.values().stream().allMatch(policy -> Objects.equals(asked.get(policy.id()), policy.priority()))) {
            return;
        }
        var generations =
                loadBalancers
                        .advanceAll(
                                projectId,
                                before.values().stream()
                                        .map(Held::loadBalancerId)
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(AdvancedLoadBalancer::id, AdvancedLoadBalancer::generation));
        var held = held(projectId, asked);
        checkAll(held, asked);
        priorities.write(asked);
        asked.forEach((id, priority) -> {
            var policy = held.get(id);
            if (policy != null && !priority.equals(policy.priority())) {
                events.publishEvent(ResourceWritten.updated(
                        projectId,
                        "l7policy",
                        id,
                        generations.get(policy.loadBalancerId()),
                        new PolicyPriority(policy.priority()),
                        new PolicyPriority(priority)));
            }
        });
    }

    private void checkAll(Map<UUID, Held> held, Map<UUID, Integer> asked) {
        int index = 0;
        for (var id : asked.keySet()) {
            var policy = held.get(id);
            var at = "l7policies[" + index++ + "]";
            if (policy != null && !policy.hasAdvancedPolicies()) {
                throw ErrorCode.INVALID_INPUT.with(
                        at + ".priority", "must not be given unless the listener has enhance_l7policy_enable");
            }
            if (policy != null && policy.action() != PolicyAction.REDIRECT_TO_LISTENER && asked.get(id) == 0) {
                throw ErrorCode.INVALID_INPUT.with(at + ".priority", "must be 1..10000");
            }
        }
        held.values().stream().map(Held::listenerId).distinct().forEach(listener -> checkDistinct(listener, asked));
    }

    /** As the listener's policies will be. */
    private void checkDistinct(UUID listenerId, Map<UUID, Integer> asked) {
        var owners = new HashMap<Integer, UUID>();
        jdbc.sql("select id, priority from l7policy where listener_id = :listener order by id")
                .param("listener", listenerId)
                .query(row -> {
                    var id = row.getObject(1, UUID.class);
                    int priority = asked.getOrDefault(id, row.getInt(2));
                    var other = owners.put(priority, id);
                    if (other != null) {
                        throw ErrorCode.CONFLICT.with("L7policies %s and %s of listener %s would both have priority %d"
                                .formatted(other, id, listenerId, priority));
                    }
                });
    }

    private Map<UUID, Held> held(String projectId, Map<UUID, Integer> asked) {
        var held = jdbc
                .sql("""
                        select y.id, y.listener_id, y.load_balancer_id, y.action, y.priority, l.enhance_l7policy_enable
                        from l7policy y join listener l on l.id = y.listener_id
                        where y.project_id = :project and y.id = any(:ids)
                        """)
                .param("project", projectId)
                .param("ids", asked.keySet().toArray(UUID[]::new))
                .query((row, n) -> new Held(
                        row.getObject("id", UUID.class),
                        row.getObject("listener_id", UUID.class),
                        row.getObject("load_balancer_id", UUID.class),
                        PolicyAction.valueOf(row.getString("action")),
                        row.getObject("priority", Integer.class),
                        row.getBoolean("enhance_l7policy_enable")))
                .list()
                .stream()
                .collect(Collectors.toMap(Held::id, Function.identity()));
        asked.keySet().stream().filter(id -> !held.containsKey(id)).findFirst().ifPresent(id -> {
            throw ErrorCode.NOT_FOUND.with("l7policy", id);
        });
        return held;
    }
}
