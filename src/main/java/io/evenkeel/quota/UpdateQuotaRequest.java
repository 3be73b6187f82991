package io.evenkeel.quota;

import io.evenkeel.platform.json.Change;
import jakarta.validation.constraints.Min;
import java.util.EnumMap;
import java.util.Map;

/** Limits that an administrator sets: absent stays, -1 is unlimited, null puts the default back. */
record UpdateQuotaRequest(
        Change<@Min(value = -1, message = RULE) Integer> loadbalancer,
        Change<@Min(value = -1, message = RULE) Integer> listener,
        Change<@Min(value = -1, message = RULE) Integer> pool,
        Change<@Min(value = -1, message = RULE) Integer> member,
        Change<@Min(value = -1, message = RULE) Integer> healthmonitor,
        Change<@Min(value = -1, message = RULE) Integer> certificate,
        Change<@Min(value = -1, message = RULE) Integer> l7policy,
        Change<@Min(value = -1, message = RULE) Integer> ipgroup,
        Change<@Min(value = -1, message = RULE) Integer> securityPolicy,
        Change<@Min(value = -1, message = RULE) Integer> membersPerPool,
        Change<@Min(value = -1, message = RULE) Integer> listenersPerLoadbalancer,
        Change<@Min(value = -1, message = RULE) Integer> listenersPerPool,
        Change<@Min(value = -1, message = RULE) Integer> l7policiesPerListener,
        Change<@Min(value = -1, message = RULE) Integer> poolsPerL7policy,
        Change<@Min(value = -1, message = RULE) Integer> conditionPerPolicy,
        Change<@Min(value = -1, message = RULE) Integer> ipgroupBindings,
        Change<@Min(value = -1, message = RULE) Integer> ipgroupMaxLength,
        Change<@Min(value = -1, message = RULE) Integer> ipgroupsPerListener) {

    static final String RULE = "must be -1 (unlimited) or 0 and more";

    /** What is said of each key, in their order. */
    Map<QuotaKey, Change<Integer>> changes() {
        var changes = new EnumMap<QuotaKey, Change<Integer>>(QuotaKey.class);
        changes.put(QuotaKey.LOADBALANCER, loadbalancer);
        changes.put(QuotaKey.LISTENER, listener);
        changes.put(QuotaKey.POOL, pool);
        changes.put(QuotaKey.MEMBER, member);
        changes.put(QuotaKey.HEALTHMONITOR, healthmonitor);
        changes.put(QuotaKey.CERTIFICATE, certificate);
        changes.put(QuotaKey.L7POLICY, l7policy);
        changes.put(QuotaKey.IPGROUP, ipgroup);
        changes.put(QuotaKey.SECURITY_POLICY, securityPolicy);
        changes.put(QuotaKey.MEMBERS_PER_POOL, membersPerPool);
        changes.put(QuotaKey.LISTENERS_PER_LOADBALANCER, listenersPerLoadbalancer);
        changes.put(QuotaKey.LISTENERS_PER_POOL, listenersPerPool);
        changes.put(QuotaKey.L7POLICIES_PER_LISTENER, l7policiesPerListener);
        changes.put(QuotaKey.POOLS_PER_L7POLICY, poolsPerL7policy);
        changes.put(QuotaKey.CONDITION_PER_POLICY, conditionPerPolicy);
        changes.put(QuotaKey.IPGROUP_BINDINGS, ipgroupBindings);
        changes.put(QuotaKey.IPGROUP_MAX_LENGTH, ipgroupMaxLength);
        changes.put(QuotaKey.IPGROUPS_PER_LISTENER, ipgroupsPerListener);
        return changes;
    }
}
