package io.evenkeel.routing.policy;

import io.evenkeel.listener.Listeners;
import io.evenkeel.listener.Listeners.Known;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.matching.RuleSet;
import io.evenkeel.routing.matching.RuleSpec;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a policy must agree on with listeners; asked under the lock of its load balancer. */
@Component
class PolicyRules {

    private static final String ADVANCED = "must not be given unless the listener has enhance_l7policy_enable";

    private final Listeners listeners;

    PolicyRules(Listeners listeners) {
        this.listeners = listeners;
    }

    /** Errors: INVALID_INPUT, MISMATCH, NOT_FOUND for the listener it redirects to. */
    void check(String projectId, Known listener, PolicySpec policy, List<RuleSpec> rules) {
        boolean isToListener = policy.action() == PolicyAction.REDIRECT_TO_LISTENER;
        boolean fits =
                listener.protocol().equals("HTTP") || (listener.protocol().equals("HTTPS") && !isToListener);
        if (!fits) {
            throw ErrorCode.MISMATCH.with("An l7policy with action %s does not fit listener %s of protocol %s"
                    .formatted(policy.action(), listener.id(), listener.protocol()));
        }
        checkAdvanced(listener, policy);
        if (policy.redirectListenerId() != null) {
            checkRedirect(projectId, listener, policy.redirectListenerId());
        }
        if (policy.redirectUrlConfig() != null) {
            policy.redirectUrlConfig().checkLeaves(listener.protocol(), listener.protocolPort());
        }
        if (isToListener && !rules.isEmpty()) {
            throw ErrorCode.INVALID_INPUT.with("l7policy.rules", "must not be given for action " + policy.action());
        }
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).checkFor(listener.hasAdvancedPolicies(), "l7policy.rules[" + i + "]");
        }
        RuleSet.check(rules, "l7policy.rules");
    }

    private static void checkAdvanced(Known listener, PolicySpec policy) {
        if (listener.hasAdvancedPolicies()) {
            return;
        }
        if (policy.action().isAdvanced()) {
            throw ErrorCode.INVALID_INPUT.with(
                    "l7policy.action",
                    "must be REDIRECT_TO_POOL or REDIRECT_TO_LISTENER unless the listener has enhance_l7policy_enable");
        }
        if (!policy.redirectPoolsConfig().isEmpty()) {
            throw ErrorCode.INVALID_INPUT.with("l7policy.redirect_pools_config", ADVANCED);
        }
        if (policy.priority() != null && policy.priority() != 1) {
            throw ErrorCode.INVALID_INPUT.with("l7policy.priority", ADVANCED);
        }
    }

    private void checkRedirect(String projectId, Known listener, UUID targetId) {
        var target = listeners.require(projectId, targetId);
        if (!target.protocol().equals("HTTPS") || !target.loadBalancerId().equals(listener.loadBalancerId())) {
            throw ErrorCode.MISMATCH.with(
                    "redirect_listener_id %s must name an HTTPS listener of loadbalancer %s, the one of listener %s"
                            .formatted(targetId, listener.loadBalancerId(), listener.id()));
        }
    }
}
