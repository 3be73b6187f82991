package io.evenkeel.listener.settings;

import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.EmbeddedColumnNaming;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of a listener (wire contract, resources.md §2). What has no effect yet is kept all the same.
 *
 * @param protocolPort 1..65535, or 0 with port ranges
 * @param keepaliveTimeout seconds, 0..4000
 * @param clientTimeout seconds, 1..300; null unless HTTP or HTTPS, likewise {@code memberTimeout}
 * @param cps new connections a second, 0 for no limit; likewise {@code connection} for connections
 */
@Embeddable
public record ListenerSpec(
        String name,
        String description,
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) Protocol protocol,
        int protocolPort,
        @JdbcTypeCode(SqlTypes.JSON) List<PortRange> portRanges,
        @Nullable UUID defaultPoolId,
        @Nullable String defaultTlsContainerRef,
        @Nullable String clientCaTlsContainerRef,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> sniContainerRefs,
        String sniMatchAlgo,
        @Nullable String tlsCiphersPolicy,
        @Nullable UUID securityPolicyId,
        @Column(name = "http2_enable") boolean http2Enable,
        @JdbcTypeCode(SqlTypes.JSON) Map<String, Object> insertHeaders,
        boolean enableMemberRetry,
        int keepaliveTimeout,
        @Nullable Integer clientTimeout,
        @Nullable Integer memberTimeout,

        @Nullable IpGroup ipGroup,
        boolean proxyProtocolEnable,
        @Column(name = "enhance_l7policy_enable") boolean enhanceL7policyEnable,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable QuicConfig quicConfig,
        boolean gzipEnable,
        boolean sslEarlyDataEnable,
        int cps,
        int connection,
        @Column(name = "nat64_enable") boolean nat64Enable,
        boolean transparentClientIpEnable,
        @EmbeddedColumnNaming("protection_%s") Protection protection,
        @JdbcTypeCode(SqlTypes.JSON) List<Tag> tags) {

    private static final int MAX_KEEPALIVE_SECONDS = 4000;
    private static final int VXLAN_PORT = 4789;

    /** Who may connect: those of the group ({@code white}), or all but them ({@code black}). */
    @Embeddable
    public record IpGroup(
            @Column(name = "ipgroup_id") UUID ipgroupId,
            @Column(name = "ipgroup_enable") boolean enableIpgroup,
            @Column(name = "ipgroup_type") String type) {}

    /** Where clients are told to go on with QUIC. */
    public record QuicConfig(String quicListenerId, boolean enableQuicUpgrade) {}

    public ListenerSpec {
        portRanges = List.copyOf(portRanges);
        sniContainerRefs = List.copyOf(sniContainerRefs);
        insertHeaders = Collections.unmodifiableMap(new TreeMap<>(insertHeaders));
        tags = List.copyOf(tags);
        checkPorts(protocol, protocolPort, portRanges);
        checkTimeouts(protocol, keepaliveTimeout, clientTimeout, memberTimeout);
        refuse(!protocol.isL7() && !insertHeaders.isEmpty(), "insert_headers", "needs an HTTP or HTTPS listener");
        refuse(!protocol.isL7() && gzipEnable, "gzip_enable", "needs an HTTP or HTTPS listener");
        refuse(protocol != Protocol.TLS && proxyProtocolEnable, "proxy_protocol_enable", "needs a TLS listener");
        refuse(protocol != Protocol.HTTPS && quicConfig != null, "quic_config", "needs an HTTPS listener");
        checkTls(protocol, defaultTlsContainerRef, tlsCiphersPolicy);
        refuseWithoutTls(protocol, defaultTlsContainerRef != null, "default_tls_container_ref");
        refuseWithoutTls(protocol, clientCaTlsContainerRef != null, "client_ca_tls_container_ref");
        refuseWithoutTls(protocol, !sniContainerRefs.isEmpty(), "sni_container_refs");
        refuseWithoutTls(protocol, securityPolicyId != null, "security_policy_id");
        checkEarlyData(protocol, tlsCiphersPolicy, securityPolicyId, sslEarlyDataEnable);
        refuse(
                nat64Enable && protocol != Protocol.TCP && protocol != Protocol.UDP,
                "nat64_enable",
                "needs a TCP or UDP listener");
        refuse(
                transparentClientIpEnable == nat64Enable,
                "transparent_client_ip_enable",
                "must be " + !nat64Enable + " with nat64_enable " + nat64Enable);
    }

    private static void refuse(boolean isWrong, String attribute, String rule) {
        if (isWrong) {
            throw ErrorCode.INVALID_INPUT.with("listener." + attribute, rule);
        }
    }

    private static void checkPorts(Protocol protocol, int port, List<PortRange> ranges) {
        refuse(!ranges.isEmpty() && !protocol.mayHavePortRanges(), "port_ranges", "needs a TCP, UDP or TLS listener");
        refuse(!ranges.isEmpty() && port != 0, "protocol_port", "must be 0 or left out with port_ranges");
        refuse(ranges.isEmpty() && (port < 1 || port > 65535), "protocol_port", "must be 1..65535");
        if (protocol.isDatagram()) {
            refuse(port == VXLAN_PORT, "protocol_port", "must not be 4789 for UDP and QUIC");
            refuse(
                    ranges.stream().anyMatch(range -> range.contains(VXLAN_PORT)),
                    "port_ranges",
                    "must not contain 4789 for UDP");
        }
    }

    private static void checkTimeouts(
            Protocol protocol, int keepalive, @Nullable Integer client, @Nullable Integer member) {
        refuse(
                keepalive < protocol.minKeepalive() || keepalive > MAX_KEEPALIVE_SECONDS,
                "keepalive_timeout",
                "must be %d..%d for %s".formatted(protocol.minKeepalive(), MAX_KEEPALIVE_SECONDS, protocol));
        refuse(!protocol.isL7() && client != null, "client_timeout", "needs an HTTP or HTTPS listener");
        refuse(!protocol.isL7() && member != null, "member_timeout", "needs an HTTP or HTTPS listener");
    }

    private static void refuseWithoutTls(Protocol protocol, boolean isGiven, String attribute) {
        refuse(isGiven && !protocol.needsCertificate(), attribute, "needs an HTTPS or TLS listener");
    }

    private static void checkTls(Protocol protocol, @Nullable String certificate, @Nullable String ciphersPolicy) {
        refuse(
                protocol.needsCertificate() && certificate == null,
                "default_tls_container_ref",
                "is needed by a listener of protocol " + protocol);
        refuse(!protocol.needsCertificate() && ciphersPolicy != null, "tls_ciphers_policy", "needs an HTTPS listener");
    }

    /** A custom policy wins over the ciphers policy; whether it allows TLS 1.3 is asked where it is read. */
    private static void checkEarlyData(
            Protocol protocol, @Nullable String ciphersPolicy, @Nullable UUID securityPolicyId, boolean earlyData) {
        boolean mayHaveTls13 =
                securityPolicyId != null || (ciphersPolicy != null && ciphersPolicy.endsWith("with-1-3"));
        refuse(
                earlyData && (protocol != Protocol.HTTPS || !mayHaveTls13),
                "ssl_early_data_enable",
                "needs an HTTPS listener with a tls_ciphers_policy or a security policy that allows TLS 1.3");
    }

    /** What it refers to for TLS. */
    public TlsReferences tls() {
        return new TlsReferences(
                defaultTlsContainerRef,
                clientCaTlsContainerRef,
                sniContainerRefs,
                securityPolicyId,
                sslEarlyDataEnable);
    }

    /** The same listener in front of another pool, or of none. */
    public ListenerSpec withDefaultPool(@Nullable UUID poolId) {
        return with(name, protocolPort, portRanges, poolId, quicConfig);
    }

    /** The same listener on another port; who is told to go on with QUIC there has no meaning here. */
    public ListenerSpec copied(String newName, int port, List<PortRange> ranges, @Nullable UUID poolId) {
        return with(newName, port, ranges, poolId, null);
    }

    private ListenerSpec with(
            String newName,
            int port,
            List<PortRange> ranges,
            @Nullable UUID poolId,
            @Nullable QuicConfig newQuicConfig) {
        return new ListenerSpec(
                newName,
                description,
                adminStateUp,
                protocol,
                port,
                ranges,
                poolId,
                defaultTlsContainerRef,
                clientCaTlsContainerRef,
                sniContainerRefs,
                sniMatchAlgo,
                tlsCiphersPolicy,
                securityPolicyId,
                http2Enable,
                insertHeaders,
                enableMemberRetry,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                ipGroup,
                proxyProtocolEnable,
                enhanceL7policyEnable,
                newQuicConfig,
                gzipEnable,
                sslEarlyDataEnable,
                cps,
                connection,
                nat64Enable,
                transparentClientIpEnable,
                protection,
                tags);
    }
}
