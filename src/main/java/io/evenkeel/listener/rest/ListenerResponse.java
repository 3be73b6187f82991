package io.evenkeel.listener.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A listener as clients see it (wire contract, resources.md §2). */
record ListenerResponse(
        UUID id,
        String name,
        String description,
        String projectId,
        String enterpriseProjectId,
        boolean adminStateUp,
        String protocol,
        int protocolPort,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PortRange> portRanges,

        List<Ref> loadbalancers,
        @Nullable UUID defaultPoolId,
        int connectionLimit,
        @Nullable String defaultTlsContainerRef,
        @Nullable String clientCaTlsContainerRef,
        List<String> sniContainerRefs,
        String sniMatchAlgo,
        @Nullable String tlsCiphersPolicy,
        @Nullable UUID securityPolicyId,
        boolean http2Enable,
        Map<String, Object> insertHeaders,
        boolean enableMemberRetry,
        int keepaliveTimeout,
        @Nullable Integer clientTimeout,
        @Nullable Integer memberTimeout,

        @JsonProperty("ipgroup") ListenerSpec.@Nullable IpGroup ipGroup,

        boolean transparentClientIpEnable,
        boolean proxyProtocolEnable,
        boolean enhanceL7policyEnable,

        @JsonInclude(JsonInclude.Include.NON_NULL) ListenerSpec.@Nullable QuicConfig quicConfig,

        String protectionStatus,
        String protectionReason,
        boolean gzipEnable,
        boolean sslEarlyDataEnable,
        int cps,
        int connection,
        boolean nat64Enable,
        List<Tag> tags,
        String createdAt,
        String updatedAt,
        ObservedStatus evenkeel) {

    /** Another resource, by its id. */
    record Ref(UUID id) {}
}
