package io.evenkeel.dataplane.settings;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.dataplane.accesslog.LogStream;
import io.evenkeel.dataplane.http.routing.Routing;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of a listener on one VIP, as its proxy sees it: immutable, swapped whole. A proxy takes the
 * current one at the start of each request (HTTP), connection (TCP) or session (UDP).
 *
 * @param vip the address clients use, also where the socket is bound to all addresses
 * @param pool null without a default pool: HTTP answers 503, TCP closes, UDP drops
 * @param traffic where the proxy counts; the same for every configuration of the listener
 * @param keepaliveTimeout how long a client's connection, or UDP session, may be idle
 * @param insertHeaders switches by header name, as {@link io.evenkeel.desiredstate.DesiredListener#insertHeaders()}
 * @param sendsProxyHeader TCP: whether members are told of their client by the PROXY protocol
 * @param gate who may come in, and go on; the same for every configuration of the listener
 * @param compresses HTTP: whether responses are compressed for clients that take it
 * @param log where a line goes for each request or session; null where none is wanted
 * @param routing HTTP: what sends some requests elsewhere than to the pool; null for none
 * @param generation of the load balancer that this is the configuration of; 0: of none
 */
public record ListenerSettings(
        UUID listenerId,
        UUID loadBalancerId,
        InetSocketAddress vip,
        @Nullable MemberPool pool,
        ListenerTraffic traffic,
        Duration keepaliveTimeout,
        Duration clientTimeout,
        Duration memberTimeout,
        Map<String, String> insertHeaders,
        boolean isMemberRetryEnabled,
        boolean sendsProxyHeader,
        ListenerGate gate,
        boolean compresses,
        @Nullable LogStream log,
        @Nullable Routing routing,
        long generation) {

    /** Of no load balancer's generation. */
    public ListenerSettings(
            UUID listenerId,
            UUID loadBalancerId,
            InetSocketAddress vip,
            @Nullable MemberPool pool,
            ListenerTraffic traffic,
            Duration keepaliveTimeout,
            Duration clientTimeout,
            Duration memberTimeout,
            Map<String, String> insertHeaders,
            boolean isMemberRetryEnabled,
            boolean sendsProxyHeader,
            ListenerGate gate,
            boolean compresses,
            @Nullable LogStream log,
            @Nullable Routing routing) {
        this(
                listenerId,
                loadBalancerId,
                vip,
                pool,
                traffic,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                gate,
                compresses,
                log,
                routing,
                0);
    }

    /** For anybody, nothing compressed, without a log and policies. */
    public ListenerSettings(
            UUID listenerId,
            UUID loadBalancerId,
            InetSocketAddress vip,
            @Nullable MemberPool pool,
            ListenerTraffic traffic,
            Duration keepaliveTimeout,
            Duration clientTimeout,
            Duration memberTimeout,
            Map<String, String> insertHeaders,
            boolean isMemberRetryEnabled,
            boolean sendsProxyHeader) {
        this(
                listenerId,
                loadBalancerId,
                vip,
                pool,
                traffic,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                new ListenerGate(traffic.loops()),
                false,
                null,
                null);
    }

    /** Likewise, and without the PROXY protocol. */
    public ListenerSettings(
            UUID listenerId,
            UUID loadBalancerId,
            InetSocketAddress vip,
            @Nullable MemberPool pool,
            ListenerTraffic traffic,
            Duration keepaliveTimeout,
            Duration clientTimeout,
            Duration memberTimeout,
            Map<String, String> insertHeaders,
            boolean isMemberRetryEnabled) {
        this(
                listenerId,
                loadBalancerId,
                vip,
                pool,
                traffic,
                keepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                false);
    }

    /** The same with another time that a client's connection may be idle. */
    public ListenerSettings withKeepaliveTimeout(Duration next) {
        return with(next, routing, generation);
    }

    /** The same with other policies. */
    public ListenerSettings withRouting(@Nullable Routing next) {
        return with(keepaliveTimeout, next, generation);
    }

    /** The same, which is right for that generation too. */
    public ListenerSettings withGeneration(long next) {
        return with(keepaliveTimeout, routing, next);
    }

    private ListenerSettings with(Duration nextKeepaliveTimeout, @Nullable Routing nextRouting, long nextGeneration) {
        return new ListenerSettings(
                listenerId,
                loadBalancerId,
                vip,
                pool,
                traffic,
                nextKeepaliveTimeout,
                clientTimeout,
                memberTimeout,
                insertHeaders,
                isMemberRetryEnabled,
                sendsProxyHeader,
                gate,
                compresses,
                log,
                nextRouting,
                nextGeneration);
    }
}
