package io.evenkeel.listener.rest;

import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.listener.rest.CreateListenerRequest.IpGroupRequest;
import io.evenkeel.listener.rest.CreateListenerRequest.QuicConfigRequest;
import io.evenkeel.listener.settings.InsertHeaders;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.ListenerSpec.IpGroup;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.write.Protection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client may change of a listener; null puts a default back or detaches where there is one to put back. */
record UpdateListenerRequest(
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                description,
        Change<Boolean> adminStateUp,
        Change<@Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) String> defaultPoolId,
        Change<
                        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                defaultTlsContainerRef,
        Change<
                        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                clientCaTlsContainerRef,
        Change<
                        List<
                                @NotNull @Size(min = 1, max = 64, message = "must be 1..64 characters long")
                                @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>>
                sniContainerRefs,
        Change<@Pattern(regexp = "wildcard|longest_suffix", message = "must be wildcard or longest_suffix") String>
                sniMatchAlgo,
        Change<@Pattern(regexp = SystemSecurityPolicy.NAMES, message = SystemSecurityPolicy.NAMES_RULE) String>
                tlsCiphersPolicy,
        Change<
                        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                securityPolicyId,
        Change<Boolean> http2Enable,
        Change<Map<String, @Nullable Object>> insertHeaders,
        Change<Boolean> enableMemberRetry,
        Change<@Min(value = 0, message = "must be 0..4000") @Max(value = 4000, message = "must be 0..4000") Integer>
                keepaliveTimeout,
        Change<@Min(value = 1, message = "must be 1..300") @Max(value = 300, message = "must be 1..300") Integer>
                clientTimeout,
        Change<@Min(value = 1, message = "must be 1..300") @Max(value = 300, message = "must be 1..300") Integer>
                memberTimeout,
        Change<@Valid IpGroupRequest> ipgroup,
        Change<Boolean> transparentClientIpEnable,
        Change<Boolean> proxyProtocolEnable,
        Change<Boolean> enhanceL7policyEnable,
        Change<@Valid QuicConfigRequest> quicConfig,
        Change<@Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) String> protectionStatus,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE) String>
                protectionReason,
        Change<Boolean> gzipEnable,
        Change<Boolean> sslEarlyDataEnable,
        Change<
                        @Min(value = 0, message = "must be 0..1000000")
                        @Max(value = 1000000, message = "must be 0..1000000") Integer>
                cps,
        Change<
                        @Min(value = 0, message = "must be 0..1000000")
                        @Max(value = 1000000, message = "must be 0..1000000") Integer>
                connection,
        Change<Boolean> nat64Enable) {

    ListenerSpec applyTo(ListenerSpec now) {
        var protocol = now.protocol();
        boolean isNat64 = nat64Enable.orRefuse(now.nat64Enable(), "listener.nat64_enable");
        return new ListenerSpec(
                name.over(now.name(), ""),
                description.over(now.description(), ""),
                adminStateUp.orRefuse(now.adminStateUp(), "listener.admin_state_up"),
                protocol,
                now.protocolPort(),
                now.portRanges(),
                defaultPoolId.map(UUID::fromString).over(now.defaultPoolId()),
                defaultTlsContainerRef.over(now.defaultTlsContainerRef()),
                clientCaTlsContainerRef.over(now.clientCaTlsContainerRef()),
                sniContainerRefs.map(List::copyOf).over(now.sniContainerRefs(), List.of()),
                sniMatchAlgo.over(now.sniMatchAlgo(), "wildcard"),
                ciphersPolicy(now),
                securityPolicyId
                        .map(CreateListenerRequest::requireSecurityPolicy)
                        .over(now.securityPolicyId()),
                http2Enable.orRefuse(now.http2Enable(), "listener.http2_enable"),
                insertHeaders.map(InsertHeaders::of).over(now.insertHeaders(), Map.of()),
                enableMemberRetry.orRefuse(now.enableMemberRetry(), "listener.enable_member_retry"),
                keepaliveTimeout.over(now.keepaliveTimeout(), protocol.defaultKeepalive()),
                timeout(clientTimeout, now.clientTimeout(), now),
                timeout(memberTimeout, now.memberTimeout(), now),
                ipGroup(now),
                proxyProtocolEnable.orRefuse(now.proxyProtocolEnable(), "listener.proxy_protocol_enable"),
                advancedPolicies(now),
                quicConfig.map(QuicConfigRequest::toSpec).over(now.quicConfig()),
                gzipEnable.orRefuse(now.gzipEnable(), "listener.gzip_enable"),
                sslEarlyDataEnable.orRefuse(now.sslEarlyDataEnable(), "listener.ssl_early_data_enable"),
                cps.over(now.cps(), 0),
                connection.over(now.connection(), 0),
                isNat64,
                transparentClientIpEnable.orRefuse(!isNat64, "listener.transparent_client_ip_enable"),
                now.protection().with(protectionStatus, protectionReason, "listener"),
                now.tags());
    }

    private @Nullable String ciphersPolicy(ListenerSpec now) {
        return tlsCiphersPolicy instanceof Change.Clear && now.protocol().needsCertificate()
                ? SystemSecurityPolicy.DEFAULT
                : tlsCiphersPolicy.over(now.tlsCiphersPolicy());
    }

    private static @Nullable Integer timeout(Change<Integer> change, @Nullable Integer current, ListenerSpec now) {
        return change instanceof Change.Clear
                ? CreateListenerRequest.defaultTimeout(now.protocol())
                : change.over(current);
    }

    private @Nullable IpGroup ipGroup(ListenerSpec now) {
        return switch (ipgroup) {
            case Change.Keep<IpGroupRequest> keep -> now.ipGroup();
            case Change.Clear<IpGroupRequest> clear -> null;
            case Change.Put<IpGroupRequest>(IpGroupRequest group) -> group.toSpec();
        };
    }

    private boolean advancedPolicies(ListenerSpec now) {
        boolean wanted =
                enhanceL7policyEnable.orRefuse(now.enhanceL7policyEnable(), "listener.enhance_l7policy_enable");
        if (now.enhanceL7policyEnable() && !wanted) {
            throw ErrorCode.INVALID_INPUT.with("listener.enhance_l7policy_enable", "can be switched on, but never off");
        }
        return wanted;
    }
}
