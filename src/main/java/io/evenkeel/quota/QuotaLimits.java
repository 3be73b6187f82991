package io.evenkeel.quota;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** The limits of a project as clients read them; -1: unlimited. */
@Schema(name = "Quota")
record QuotaLimits(
        String projectId,
        int loadbalancer,
        int listener,
        int pool,
        int member,
        int healthmonitor,
        int certificate,
        int l7policy,
        int ipgroup,
        int securityPolicy,
        int membersPerPool,
        int listenersPerLoadbalancer,
        int listenersPerPool,
        int l7policiesPerListener,
        int poolsPerL7policy,
        int conditionPerPolicy,
        int ipgroupBindings,
        int ipgroupMaxLength,
        int ipgroupsPerListener) {

    static QuotaLimits of(String projectId, Map<QuotaKey, QuotaStore.Standing> standings) {
        return new QuotaLimits(
                projectId,
                limit(standings, QuotaKey.LOADBALANCER),
                limit(standings, QuotaKey.LISTENER),
                limit(standings, QuotaKey.POOL),
                limit(standings, QuotaKey.MEMBER),
                limit(standings, QuotaKey.HEALTHMONITOR),
                limit(standings, QuotaKey.CERTIFICATE),
                limit(standings, QuotaKey.L7POLICY),
                limit(standings, QuotaKey.IPGROUP),
                limit(standings, QuotaKey.SECURITY_POLICY),
                limit(standings, QuotaKey.MEMBERS_PER_POOL),
                limit(standings, QuotaKey.LISTENERS_PER_LOADBALANCER),
                limit(standings, QuotaKey.LISTENERS_PER_POOL),
                limit(standings, QuotaKey.L7POLICIES_PER_LISTENER),
                limit(standings, QuotaKey.POOLS_PER_L7POLICY),
                limit(standings, QuotaKey.CONDITION_PER_POLICY),
                limit(standings, QuotaKey.IPGROUP_BINDINGS),
                limit(standings, QuotaKey.IPGROUP_MAX_LENGTH),
                limit(standings, QuotaKey.IPGROUPS_PER_LISTENER));
    }

    private static int limit(Map<QuotaKey, QuotaStore.Standing> standings, QuotaKey key) {
        var standing = standings.get(key);
        return standing == null ? key.defaultLimit() : standing.limit();
    }
}
