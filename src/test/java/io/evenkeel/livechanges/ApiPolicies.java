package io.evenkeel.livechanges;

import io.evenkeel.livechanges.load.Wire;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import io.evenkeel.livechanges.scene.Scene;
import io.evenkeel.testing.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The policies of listeners, made by calls of the REST API. */
final class ApiPolicies {

    private final Api api;
    private final UnaryOperator<String> ids;
    private final Map<String, String> made = new HashMap<>();

    /** @param ids of pools by their names, and of listeners by their fronts' */
    ApiPolicies(Api api, UnaryOperator<String> ids) {
        this.api = api;
        this.ids = ids;
    }

    void put(Front front, Policy policy) {
        var name = name(front, policy.number());
        var fields = fields(front, policy);
        if (made.containsKey(name)) {
            api.put(api.elb("/l7policies/" + id(name)), Map.of("l7policy", fields))
                    .expect(200);
        } else {
            fields.put("listener_id", ids.apply(front.name()));
            fields.put("action", "REDIRECT_TO_POOL");
            fields.put("priority", policy.priority());
            made.put(
                    name,
                    api.post(api.elb("/l7policies"), Map.of("l7policy", fields))
                            .expect(201)
                            .at("/l7policy/id")
                            .asString());
        }
    }

    void remove(Front front, int number) {
        var name = name(front, number);
        api.delete(api.elb("/l7policies/" + id(name))).expect(204);
        made.remove(name);
    }

    /** Tells all priorities of the listener's policies. */
    void order(Front front, Scene scene) {
        var wanted = new ArrayList<Map<String, Object>>();
        for (var policy : scene.policies(front)) {
            wanted.add(Map.of("id", id(name(front, policy.number())), "priority", policy.priority()));
        }
        api.post(api.elb("/l7policies/batch-update-priority"), Map.of("l7policies", wanted))
                .expect(202);
    }

    private static String name(Front front, int number) {
        return number + " of " + front;
    }

    private String id(String name) {
        return Optional.ofNullable(made.get(name)).orElseThrow(() -> new AssertionError("no policy " + name));
    }

    private Map<String, Object> fields(Front front, Policy policy) {
        var shares = new ArrayList<Map<String, Object>>();
        policy.shares()
                .forEach((number, weight) ->
                        shares.add(Map.of("pool_id", ids.apply(front.pool(number)), "weight", weight)));
        return new HashMap<>(Map.of(
                "redirect_pools_config",
                shares,
                "redirect_pools_sticky_session_config",
                Map.of("enable", policy.isSticky(), "timeout", 1),
                "rules",
                rules(policy.match())));
    }

    private static List<Map<String, String>> rules(Policy.Match match) {
        return switch (match) {
            case PREFIX -> List.of(rule("PATH", "STARTS_WITH", "/p1"));
            case EXACT -> List.of(rule("PATH", "EQUAL_TO", "/p1/a"));
            case PATTERN -> List.of(rule("PATH", "REGEX", "^/p[12]/a$"));
            case HOST_AND_PREFIX ->
                List.of(rule("HOST_NAME", "EQUAL_TO", Wire.HOST), rule("PATH", "STARTS_WITH", "/p2"));
        };
    }

    private static Map<String, String> rule(String type, String comparison, String value) {
        return Map.of("type", type, "compare_type", comparison, "value", value);
    }
}
