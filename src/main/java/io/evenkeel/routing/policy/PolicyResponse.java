package io.evenkeel.routing.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.routing.rule.RuleResponse;
import io.evenkeel.routing.settings.FixedResponse;
import io.evenkeel.routing.settings.PoolExtras;
import io.evenkeel.routing.settings.RedirectUrl;
import io.evenkeel.routing.settings.StickySession;
import io.evenkeel.routing.settings.WeightedPool;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy as clients see it (wire contract, resources.md §6).
 *
 * @param position always 100
 * @param priority 1 while the listener has no advanced policies
 * @param redirectUrl always null
 * @param rules each by its id, or whole where the list was asked to show them
 */
record PolicyResponse(
        UUID id,
        String name,
        String description,
        String projectId,
        String enterpriseProjectId,
        boolean adminStateUp,
        UUID listenerId,
        String action,
        int position,
        int priority,
        String provisioningStatus,
        @Nullable UUID redirectPoolId,
        @Nullable UUID redirectListenerId,
        @Nullable String redirectUrl,
        @Nullable RedirectUrl redirectUrlConfig,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WeightedPool> redirectPoolsConfig,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StickySession redirectPoolsStickySessionConfig,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PoolExtras redirectPoolsExtendConfig,

        @Nullable FixedResponse fixedResponseConfig,

        @ArraySchema(schema = @Schema(anyOf = {RuleRef.class, RuleResponse.class}))
        List<Object> rules,

        String createdAt,
        String updatedAt) {

    /** A rule by its id. */
    record RuleRef(UUID id) {}
}
