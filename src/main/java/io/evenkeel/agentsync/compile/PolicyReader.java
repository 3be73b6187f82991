package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.EvaluationOrder;
import io.evenkeel.routing.EvaluationOrder.Match;
import io.evenkeel.routing.EvaluationOrder.Ranked;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.RuleType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policies of listeners that can match anything, in the order in which they are asked: one statement. What is down
 * is left out, and so is a policy without rules, or with one that is down: it matches nothing.
 */
final class PolicyReader {

    private static final String POLICIES = """
            select y.listener_id, y.id, y.action, y.priority, y.redirect_pool_id, y.redirect_pools_config,
                   y.redirect_pools_sticky_session_config, encode(y.stickiness_key, 'hex') as sticky_key,
                   y.redirect_pools_extend_config, y.redirect_url_config, y.fixed_response_config,
                   l.enhance_l7policy_enable, t.protocol_port as target_port,
                   (select jsonb_agg(jsonb_build_object('type', r.type, 'compareType', r.compare_type,
                                'value', r.value, 'invert', r.invert, 'conditions', r.conditions,
                                'isUp', r.admin_state_up) order by r.id)
                    from l7rule r where r.l7policy_id = y.id) as rules
            from l7policy y
            join listener l on l.id = y.listener_id
            left join listener t on t.id = y.redirect_listener_id
            where y.load_balancer_id = any(cast(:ids as uuid[])) and y.admin_state_up
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ActionReader actions;

    PolicyReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.actions = new ActionReader(json);
    }

    private record Read(Ranked rank, boolean isAdvanced, DesiredPolicy policy) {}

    Map<UUID, List<DesiredPolicy>> ofListeners(String[] loadBalancerIds) {
        var read = new HashMap<UUID, List<Read>>();
        jdbc.sql(POLICIES).param("ids", loadBalancerIds).query(row -> {
            var rules = rules(row);
            if (canMatch(row, rules)) {
                read.computeIfAbsent(row.getObject("listener_id", UUID.class), id -> new ArrayList<>())
                        .add(policy(row, rules));
            }
        });
        return read.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> inOrder(entry.getValue())));
    }

    private static List<DesiredPolicy> inOrder(List<Read> policies) {
        var order = EvaluationOrder.of(policies.getFirst().isAdvanced());
        return policies.stream()
                .sorted(Comparator.comparing(Read::rank, order))
                .map(Read::policy)
                .toList();
    }

    private List<JsonNode> rules(ResultSet row) throws SQLException {
        var text = row.getString("rules");
        return text == null ? List.of() : json.readTree(text).valueStream().toList();
    }

    private static boolean canMatch(ResultSet row, List<JsonNode> rules) throws SQLException {
        return isToListener(row)
                || (!rules.isEmpty()
                        && rules.stream().allMatch(rule -> rule.path("isUp").asBoolean()));
    }

    private static boolean isToListener(ResultSet row) throws SQLException {
        return row.getString("action").equals(PolicyAction.REDIRECT_TO_LISTENER.name());
    }

    private Read policy(ResultSet row, List<JsonNode> rules) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var action = PolicyAction.valueOf(row.getString("action"));
        var desired = isToListener(row)
                ? List.<DesiredRule>of()
                : rules.stream().map(PolicyReader::rule).toList();
        var matches = rules.stream().flatMap(rule -> matches(rule).stream()).toList();
        return new Read(
                new Ranked(id, action, row.getObject("priority", Integer.class), matches),
                row.getBoolean("enhance_l7policy_enable"),
                new DesiredPolicy(id, desired, actions.read(action, row)));
    }

    private static DesiredRule rule(JsonNode rule) {
        var matches = matches(rule);
        return new DesiredRule(
                subject(matches.getFirst().type()),
                comparison(matches.getFirst().compareType()),
                rule.path("conditions").path(0).path("key").asString(""),
                matches.stream().map(Match::value).toList(),
                rule.path("invert").asBoolean());
    }

    /** One for each value; a value of the rule's own has no meaning where there are conditions. */
    private static List<Match> matches(JsonNode rule) {
        var conditions = rule.path("conditions").valueStream().toList();
        var values = conditions.isEmpty()
                ? List.of(rule.path("value").asString())
                : conditions.stream()
                        .map(condition -> condition.path("value").asString())
                        .toList();
        var type = RuleType.valueOf(rule.path("type").asString());
        var compareType = CompareType.valueOf(rule.path("compareType").asString());
        boolean isInverted = rule.path("invert").asBoolean();
        return values.stream()
                .map(value -> new Match(type, compareType, value, isInverted))
                .toList();
    }

    private static Subject subject(RuleType type) {
        return switch (type) {
            case HOST_NAME -> Subject.HOST;
            case PATH -> Subject.PATH;
            case METHOD -> Subject.METHOD;
            case HEADER -> Subject.HEADER;
            case QUERY_STRING -> Subject.PARAMETER;
            case SOURCE_IP -> Subject.SOURCE_ADDRESS;
        };
    }

    private static Comparison comparison(CompareType type) {
        return switch (type) {
            case EQUAL_TO -> Comparison.EQUALS;
            case STARTS_WITH -> Comparison.STARTS_WITH;
            case REGEX -> Comparison.CONTAINS_PATTERN;
        };
    }
}
