package io.evenkeel.routing.priority;

import io.evenkeel.listener.Listeners.PrioritiesEnabled;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.EvaluationOrder;
import io.evenkeel.routing.EvaluationOrder.Match;
import io.evenkeel.routing.EvaluationOrder.Ranked;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.RuleType;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The priorities of a listener's policies, small first and each once. Everything here runs under the lock of the load
 * balancer, in the caller's transaction; the unique key is the net below.
 */
@Component
public class Priorities {

    public static final int HIGHEST = 10_000;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Priorities(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What of a policy a change of priorities alone changes. */
    record PolicyPriority(@Nullable Integer priority) {}

    /**
     * The priority of a new policy: the one wanted, else the highest of the listener plus 1, and 0 for a policy that
     * redirects to a listener. Errors: CONFLICT when another policy has it, INVALID_INPUT when none is left.
     */
    public int ofNew(UUID listenerId, PolicyAction action, @Nullable Integer wanted) {
        int priority = wanted != null ? wanted : next(listenerId, action);
        checkFree(listenerId, priority);
        return priority;
    }

    private int next(UUID listenerId, PolicyAction action) {
        if (action == PolicyAction.REDIRECT_TO_LISTENER) {
            return 0;
        }
        int next = jdbc.sql("select coalesce(max(priority), 0) + 1 from l7policy where listener_id = :listener")
                .param("listener", listenerId)
                .query(Integer.class)
                .single();
        if (next > HIGHEST) {
            throw ErrorCode.INVALID_INPUT.with(
                    "l7policy.priority", "must be given, because the listener has an l7policy of priority " + HIGHEST);
        }
        return next;
    }

    /** Errors: CONFLICT naming the policy of the listener that has the priority. */
    public void checkFree(UUID listenerId, int priority) {
        jdbc.sql("select id from l7policy where listener_id = :listener and priority = :priority")
                .param("listener", listenerId)
                .param("priority", priority)
                .query(UUID.class)
                .optional()
                .ifPresent(policy -> {
                    throw taken(listenerId, policy, priority);
                });
    }

    private static RuntimeException taken(UUID listenerId, UUID policyId, int priority) {
        return ErrorCode.CONFLICT.with(
                "Listener %s already has l7policy %s with priority %d".formatted(listenerId, policyId, priority));
    }

    /** Writes all at once, so that policies may swap. */
    void write(Map<UUID, Integer> priorities) {
        jdbc.sql("""
                        update l7policy y set priority = w.priority, updated_at = :now
                        from unnest(cast(:ids as uuid[]), cast(:priorities as integer[])) as w (id, priority)
                        where y.id = w.id
                        """)
                .param("now", Timestamp.from(now()))
                .param("ids", priorities.keySet().stream().map(UUID::toString).toArray(String[]::new))
                .param(
                        "priorities",
                        priorities.values().stream().map(Object::toString).toArray(String[]::new))
                .update();
    }

    private Instant now() {
        return clock.instant();
    }

    /** Gives policies that had none the priorities that keep them in the order in which they were asked until now. */
    @EventListener
    void rank(PrioritiesEnabled enabled) {
        var ranked = ofListener(enabled.listenerId());
        var priorities = new LinkedHashMap<UUID, Integer>();
        ranked.stream().sorted(EvaluationOrder.of(false)).forEach(policy -> {
            boolean isFirst = priorities.isEmpty();
            int first = policy.action() == PolicyAction.REDIRECT_TO_LISTENER ? 0 : 1;
            int last = isFirst ? 0 : priorities.sequencedValues().getLast();
            priorities.put(policy.id(), isFirst ? first : last + 1);
        });
        write(priorities);
        var project = projectOf(enabled.listenerId());
        priorities.forEach((id, priority) -> events.publishEvent(ResourceWritten.updated(
                project, "l7policy", id, null, new PolicyPriority(null), new PolicyPriority(priority))));
    }

    private String projectOf(UUID listenerId) {
        return jdbc.sql("select project_id from listener where id = :id")
                .param("id", listenerId)
                .query(String.class)
                .single();
    }

    private List<Ranked> ofListener(UUID listenerId) {
        var actions = new LinkedHashMap<UUID, PolicyAction>();
        var matches = new HashMap<UUID, List<Match>>();
        jdbc.sql("""
                        select y.id, y.action, r.type, r.compare_type, r.value, r.invert
                        from l7policy y left join l7rule r on r.l7policy_id = y.id
                        where y.listener_id = :listener order by y.id, r.id
                        """).param("listener", listenerId).query(row -> {
            var id = row.getObject("id", UUID.class);
            actions.put(id, PolicyAction.valueOf(row.getString("action")));
            if (row.getString("type") != null) {
                matches.computeIfAbsent(id, policy -> new ArrayList<>())
                        .add(new Match(
                                RuleType.valueOf(row.getString("type")),
                                CompareType.valueOf(row.getString("compare_type")),
                                row.getString("value"),
                                row.getBoolean("invert")));
            }
        });
        return actions.entrySet().stream()
                .map(policy -> new Ranked(
                        policy.getKey(), policy.getValue(), null, matches.getOrDefault(policy.getKey(), List.of())))
                .toList();
    }
}
