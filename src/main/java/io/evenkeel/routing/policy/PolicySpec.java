package io.evenkeel.routing.policy;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.settings.FixedResponse;
import io.evenkeel.routing.settings.InsertedHeaders;
import io.evenkeel.routing.settings.PoolExtras;
import io.evenkeel.routing.settings.RedirectUrl;
import io.evenkeel.routing.settings.StickySession;
import io.evenkeel.routing.settings.WeightedPool;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of a policy but its rules (wire contract, resources.md §6): which action needs what, and
 * takes nothing else. Errors: {@link ErrorCode#INVALID_INPUT}.
 *
 * @param priority 1..10000, with REDIRECT_TO_LISTENER 0..10000; null while the listener has no advanced policies
 * @param redirectPoolsConfig takes precedence over {@code redirectPoolId}; empty for none
 */
@Embeddable
record PolicySpec(
        String name,
        String description,
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) PolicyAction action,
        @Nullable Integer priority,
        @Nullable UUID redirectPoolId,
        @Nullable UUID redirectListenerId,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable RedirectUrl redirectUrlConfig,
        @JdbcTypeCode(SqlTypes.JSON) List<WeightedPool> redirectPoolsConfig,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable StickySession redirectPoolsStickySessionConfig,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable PoolExtras redirectPoolsExtendConfig,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable FixedResponse fixedResponseConfig) {

    PolicySpec {
        redirectPoolsConfig = List.copyOf(redirectPoolsConfig);
        boolean hasPool = redirectPoolId != null || !redirectPoolsConfig.isEmpty();
        boolean isToPool = action == PolicyAction.REDIRECT_TO_POOL;
        refuse(
                isToPool && !hasPool,
                "redirect_pool_id",
                "or redirect_pools_config must be given for action REDIRECT_TO_POOL");
        only(isToPool, action, redirectPoolId, "redirect_pool_id");
        only(isToPool, action, redirectPoolsConfig.isEmpty() ? null : redirectPoolsConfig, "redirect_pools_config");
        only(isToPool, action, redirectPoolsStickySessionConfig, "redirect_pools_sticky_session_config");
        only(isToPool, action, redirectPoolsExtendConfig, "redirect_pools_extend_config");
        exactly(PolicyAction.REDIRECT_TO_LISTENER, action, redirectListenerId, "redirect_listener_id");
        exactly(PolicyAction.REDIRECT_TO_URL, action, redirectUrlConfig, "redirect_url_config");
        exactly(PolicyAction.FIXED_RESPONSE, action, fixedResponseConfig, "fixed_response_config");
        refuse(
                priority != null && priority == 0 && action != PolicyAction.REDIRECT_TO_LISTENER,
                "priority",
                "must be 1..10000 for action " + action);
    }

    private static void exactly(PolicyAction wanted, PolicyAction action, @Nullable Object value, String attribute) {
        refuse(action == wanted && value == null, attribute, "must be given for action " + action);
        only(action == wanted, action, value, attribute);
    }

    private static void only(boolean isAllowed, PolicyAction action, @Nullable Object value, String attribute) {
        refuse(!isAllowed && value != null, attribute, "must not be given for action " + action);
    }

    private static void refuse(boolean isWrong, String attribute, String rule) {
        if (isWrong) {
            throw ErrorCode.INVALID_INPUT.with("l7policy." + attribute, rule);
        }
    }

    /** What workers do not act on, each with the reason. */
    List<String> notInEffect() {
        var found = new ArrayList<String>();
        if (redirectPoolsExtendConfig != null) {
            found.addAll(redirectPoolsExtendConfig.notInEffect());
        }
        if (redirectUrlConfig != null) {
            InsertedHeaders.notInEffect(redirectUrlConfig.insertHeadersConfig(), found);
        }
        if (fixedResponseConfig != null) {
            InsertedHeaders.notInEffect(fixedResponseConfig.insertHeadersConfig(), found);
        }
        return found;
    }

    /** Every pool it names. */
    SortedSet<UUID> pools() {
        var pools = new TreeSet<UUID>();
        redirectPoolsConfig.forEach(pool -> pools.add(pool.poolId()));
        if (redirectPoolId != null) {
            pools.add(redirectPoolId);
        }
        return pools;
    }

    PolicySpec withPriority(@Nullable Integer newPriority) {
        return new PolicySpec(
                name,
                description,
                adminStateUp,
                action,
                newPriority,
                redirectPoolId,
                redirectListenerId,
                redirectUrlConfig,
                redirectPoolsConfig,
                redirectPoolsStickySessionConfig,
                redirectPoolsExtendConfig,
                fixedResponseConfig);
    }

    /** The same policy with other pools in place of these, and with other listeners where such are given. */
    PolicySpec redirected(Map<UUID, UUID> poolsBy, Map<UUID, UUID> listenersBy) {
        return new PolicySpec(
                name,
                description,
                adminStateUp,
                action,
                priority,
                redirectPoolId == null ? null : poolsBy.get(redirectPoolId),
                redirectListenerId == null ? null : listenersBy.getOrDefault(redirectListenerId, redirectListenerId),
                redirectUrlConfig,
                redirectPoolsConfig.stream()
                        .map(pool ->
                                new WeightedPool(Objects.requireNonNull(poolsBy.get(pool.poolId())), pool.weight()))
                        .toList(),
                redirectPoolsStickySessionConfig,
                redirectPoolsExtendConfig,
                fixedResponseConfig);
    }
}
