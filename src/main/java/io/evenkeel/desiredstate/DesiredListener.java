package io.evenkeel.desiredstate;

import io.evenkeel.desiredstate.routing.DesiredPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A listener of a load balancer.
 *
 * @param port 1..65535, or 0 for a listener over port ranges
 * @param portRanges the ports it is served on, none of them twice; empty unless the port is 0
 * @param isEnabled false closes its port
 * @param defaultPoolId the pool that serves it; absent answers 503 (HTTP), closes (TCP) or drops (UDP)
 * @param keepaliveTimeout how long an idle client connection or UDP session lives, positive but for HTTP, where zero
 *     means one request a connection
 * @param clientTimeout HTTP: the longest pause within a request from the client
 * @param memberTimeout HTTP: the longest wait for a member's answer
 * @param insertHeaders header name to wanted value of its switch ({@code true}/{@code false}), as the API stores it
 * @param isMemberRetryEnabled whether an idempotent request may be sent again to another member
 * @param sendsProxyHeader TCP and TLS: whether members are told of their client by the PROXY protocol, version 2
 * @param tls HTTPS, TLS and QUIC; absent for the others
 * @param access who may connect
 * @param compresses HTTP and HTTPS: whether responses are compressed for clients that take it
 * @param policies HTTP and HTTPS: the first that matches a request decides where it goes; none, the default pool
 */
public record DesiredListener(
        UUID id,
        String name,
        ListenerProtocol protocol,
        int port,
        List<PortRange> portRanges,
        boolean isEnabled,
        Optional<UUID> defaultPoolId,
        Duration keepaliveTimeout,
        Duration clientTimeout,
        Duration memberTimeout,
        Map<String, String> insertHeaders,
        boolean isMemberRetryEnabled,
        boolean sendsProxyHeader,
        Optional<DesiredTls> tls,
        DesiredAccess access,
        boolean compresses,
        List<DesiredPolicy> policies) {

    /** Ports from the first to the last, both included; 1..65535. */
    public record PortRange(int first, int last) {}

    public DesiredListener {
        portRanges = List.copyOf(portRanges);
        policies = List.copyOf(policies);
        insertHeaders = Collections.unmodifiableMap(new TreeMap<>(insertHeaders));
    }

    /** For anybody, nothing compressed, without policies. */
    public DesiredListener(
            UUID id,
            String name,
            ListenerProtocol protocol,
            int port,
            List<PortRange> portRanges,
            boolean isEnabled,
            Optional<UUID> defaultPoolId,
            Duration keepaliveTimeout,
            Duration clientTimeout,
            Duration memberTimeout,
            Map<String, String> insertHeaders,
            boolean isMemberRetryEnabled,
            boolean sendsProxyHeader,
            Optional<DesiredTls> tls) {
        this(
                id,
                name,
                protocol,
                port,
                portRanges,
                isEnabled,
                defaultPoolId,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                tls,
                DesiredAccess.UNLIMITED,
                false,
                List.of());
    }

    /** Without TLS. */
    public DesiredListener(
            UUID id,
            String name,
            ListenerProtocol protocol,
            int port,
            List<PortRange> portRanges,
            boolean isEnabled,
            Optional<UUID> defaultPoolId,
            Duration keepaliveTimeout,
            Duration clientTimeout,
            Duration memberTimeout,
            Map<String, String> insertHeaders,
            boolean isMemberRetryEnabled,
            boolean sendsProxyHeader) {
        this(
                id,
                name,
                protocol,
                port,
                portRanges,
                isEnabled,
                defaultPoolId,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                Optional.empty());
    }

    /** The same for those clients. */
    public DesiredListener withAccess(DesiredAccess next) {
        return with(next, compresses, policies);
    }

    /** The same, with its responses compressed or not. */
    public DesiredListener withCompression(boolean isOn) {
        return with(access, isOn, policies);
    }

    /** The same with those policies. */
    public DesiredListener withPolicies(List<DesiredPolicy> next) {
        return with(access, compresses, next);
    }

    private DesiredListener with(DesiredAccess nextAccess, boolean isCompressing, List<DesiredPolicy> nextPolicies) {
        return new DesiredListener(
                id,
                name,
                protocol,
                port,
                portRanges,
                isEnabled,
                defaultPoolId,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                tls,
                nextAccess,
                isCompressing,
                nextPolicies);
    }

    /** Every port that it is served on. */
    public IntStream ports() {
        return port != 0
                ? IntStream.of(port)
                : portRanges.stream().flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()));
    }
}
