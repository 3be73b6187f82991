package io.evenkeel.listener.rest;

import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.listener.settings.InsertHeaders;
import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.ListenerSpec.IpGroup;
import io.evenkeel.listener.settings.ListenerSpec.QuicConfig;
import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client may say when it creates a listener. */
record CreateListenerRequest(
        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String name,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String description,

        @Nullable Boolean adminStateUp,

        @Nullable String projectId,

        @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
        String loadbalancerId,

        @NotNull @Pattern(regexp = Protocol.NAMES, message = Protocol.NAMES_RULE)
        String protocol,

        @Min(value = 0, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535") @Nullable
        Integer protocolPort,

        @Size(max = 10, message = "must hold at most 10 ranges") @Nullable
        List<@NotNull @Valid PortRange> portRanges,

        @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
        String defaultPoolId,

        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String defaultTlsContainerRef,

        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String clientCaTlsContainerRef,

        @Nullable
        List<
                        @NotNull @Size(min = 1, max = 64, message = "must be 1..64 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                sniContainerRefs,

        @Pattern(regexp = "wildcard|longest_suffix", message = "must be wildcard or longest_suffix") @Nullable
        String sniMatchAlgo,

        @Pattern(regexp = SystemSecurityPolicy.NAMES, message = SystemSecurityPolicy.NAMES_RULE) @Nullable
        String tlsCiphersPolicy,

        @Size(min = 1, max = 64, message = "must be 1..64 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String securityPolicyId,

        @Nullable Boolean http2Enable,

        @Nullable Map<String, @Nullable Object> insertHeaders,

        @Nullable Boolean enableMemberRetry,

        @Min(value = 0, message = "must be 0..4000") @Max(value = 4000, message = "must be 0..4000") @Nullable
        Integer keepaliveTimeout,

        @Min(value = 1, message = "must be 1..300") @Max(value = 300, message = "must be 1..300") @Nullable
        Integer clientTimeout,

        @Min(value = 1, message = "must be 1..300") @Max(value = 300, message = "must be 1..300") @Nullable
        Integer memberTimeout,

        @Valid @Nullable IpGroupRequest ipgroup,

        @Nullable Boolean transparentClientIpEnable,

        @Nullable Boolean proxyProtocolEnable,

        @Nullable Boolean enhanceL7policyEnable,

        @Valid @Nullable QuicConfigRequest quicConfig,

        @Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) @Nullable
        String protectionStatus,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE)
        @Nullable
        String protectionReason,

        @Nullable Boolean gzipEnable,

        @Nullable Boolean sslEarlyDataEnable,

        @Min(value = 0, message = "must be 0..1000000") @Max(value = 1000000, message = "must be 0..1000000") @Nullable
        Integer cps,

        @Min(value = 0, message = "must be 0..1000000") @Max(value = 1000000, message = "must be 0..1000000") @Nullable
        Integer connection,

        @Nullable Boolean nat64Enable,

        @Nullable List<@NotNull @Valid Tag> tags) {

    static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /** {@code {}} says the same as null: nobody is kept out. */
    record IpGroupRequest(
            @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
            String ipgroupId,

            @Nullable Boolean enableIpgroup,

            @Pattern(regexp = "white|black", message = "must be white or black") @Nullable
            String type) {

        @Nullable
        IpGroup toSpec() {
            if (ipgroupId != null) {
                return new IpGroup(
                        UUID.fromString(ipgroupId),
                        Objects.requireNonNullElse(enableIpgroup, true),
                        Objects.requireNonNullElse(type, "white"));
            }
            if (enableIpgroup != null || type != null) {
                throw ErrorCode.REQUIRED.with("listener.ipgroup.ipgroup_id");
            }
            return null;
        }
    }

    record QuicConfigRequest(
            @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
            String quicListenerId,

            @Nullable Boolean enableQuicUpgrade) {

        QuicConfig toSpec() {
            return new QuicConfig(quicListenerId, Boolean.TRUE.equals(enableQuicUpgrade));
        }
    }

    ListenerSpec toSpec() {
        var speaks = Protocol.ofWire(protocol);
        boolean isNat64 = Boolean.TRUE.equals(nat64Enable);
        return new ListenerSpec(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(description, ""),
                Objects.requireNonNullElse(adminStateUp, true),
                speaks,
                Objects.requireNonNullElse(protocolPort, 0),
                PortRange.of(portRanges, "listener.port_ranges"),
                defaultPoolId == null ? null : UUID.fromString(defaultPoolId),
                defaultTlsContainerRef,
                clientCaTlsContainerRef,
                sniContainerRefs == null ? List.of() : sniContainerRefs,
                Objects.requireNonNullElse(sniMatchAlgo, "wildcard"),
                tlsCiphersPolicy == null && speaks.needsCertificate() ? SystemSecurityPolicy.DEFAULT : tlsCiphersPolicy,
                securityPolicyId == null ? null : requireSecurityPolicy(securityPolicyId),
                Objects.requireNonNullElse(http2Enable, false),
                InsertHeaders.of(insertHeaders),
                Objects.requireNonNullElse(enableMemberRetry, true),
                Objects.requireNonNullElse(keepaliveTimeout, speaks.defaultKeepalive()),
                clientTimeout == null ? defaultTimeout(speaks) : clientTimeout,
                memberTimeout == null ? defaultTimeout(speaks) : memberTimeout,
                ipgroup == null ? null : ipgroup.toSpec(),
                Objects.requireNonNullElse(proxyProtocolEnable, false),
                Objects.requireNonNullElse(enhanceL7policyEnable, false),
                quicConfig == null ? null : quicConfig.toSpec(),
                Objects.requireNonNullElse(gzipEnable, false),
                Objects.requireNonNullElse(sslEarlyDataEnable, false),
                Objects.requireNonNullElse(cps, 0),
                Objects.requireNonNullElse(connection, 0),
                isNat64,
                Objects.requireNonNullElse(transparentClientIpEnable, !isNat64),
                Protection.of(protectionStatus, protectionReason, "listener"),
                Tag.of(tags, "listener.tags"));
    }

    /** What is no id names nothing. Errors: NOT_FOUND. */
    static UUID requireSecurityPolicy(String id) {
        return Ids.parse(id).orElseThrow(() -> ErrorCode.NOT_FOUND.with("security_policy", id));
    }

    /** Seconds; only HTTP has such timeouts. */
    static @Nullable Integer defaultTimeout(Protocol protocol) {
        return protocol.isL7() ? DEFAULT_TIMEOUT_SECONDS : null;
    }
}
