package io.evenkeel.dataplane;

import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.Digest;
import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.desiredstate.delivery.Push;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Desired load balancers and pushes for tests. */
public final class States {

    public static final Epoch EPOCH = new Epoch(1, "cluster/1/a");

    private States() {}

    public static DesiredLoadBalancer loadBalancer(DesiredListener... listeners) {
        return new DesiredLoadBalancer(
                UUID.randomUUID(), 1, "project", true, List.of("127.0.0.1"), List.of("az1"), List.of(listeners));
    }

    public static DesiredListener listener(ListenerProtocol protocol, int port, Optional<UUID> poolId) {
        return new DesiredListener(
                UUID.randomUUID(),
                "listener",
                protocol,
                port,
                List.of(),
                true,
                poolId,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Map.of(),
                false,
                false);
    }

    /** On the ports of the ranges instead of one. */
    public static DesiredListener over(DesiredListener listener, PortRange... ranges) {
        return new DesiredListener(
                listener.id(),
                listener.name(),
                listener.protocol(),
                0,
                List.of(ranges),
                listener.isEnabled(),
                listener.defaultPoolId(),
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                listener.insertHeaders(),
                listener.isMemberRetryEnabled(),
                listener.sendsProxyHeader(),
                listener.tls(),
                listener.access(),
                listener.compresses(),
                listener.policies());
    }

    public static DesiredListener with(DesiredListener listener, int port, boolean isEnabled, String name) {
        return new DesiredListener(
                listener.id(),
                name,
                listener.protocol(),
                port,
                listener.portRanges(),
                isEnabled,
                listener.defaultPoolId(),
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                listener.insertHeaders(),
                listener.isMemberRetryEnabled(),
                listener.sendsProxyHeader(),
                listener.tls(),
                listener.access(),
                listener.compresses(),
                listener.policies());
    }

    /** With TLS. */
    public static DesiredListener securedBy(DesiredListener listener, DesiredTls tls) {
        return with(listener, listener.insertHeaders(), listener.sendsProxyHeader(), Optional.of(tls));
    }

    public static DesiredListener inserting(DesiredListener listener, Map<String, String> headers) {
        return with(listener, headers, listener.sendsProxyHeader(), listener.tls());
    }

    /** By the PROXY protocol. */
    public static DesiredListener tellingOfClients(DesiredListener listener) {
        return with(listener, listener.insertHeaders(), true, listener.tls());
    }

    private static DesiredListener with(
            DesiredListener listener,
            Map<String, String> insertHeaders,
            boolean sendsProxyHeader,
            Optional<DesiredTls> tls) {
        return new DesiredListener(
                listener.id(),
                listener.name(),
                listener.protocol(),
                listener.port(),
                listener.portRanges(),
                listener.isEnabled(),
                listener.defaultPoolId(),
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                insertHeaders,
                listener.isMemberRetryEnabled(),
                sendsProxyHeader,
                tls,
                listener.access(),
                listener.compresses(),
                listener.policies());
    }

    public static DesiredListener renamed(DesiredListener listener, String name) {
        return with(listener, listener.port(), listener.isEnabled(), name);
    }

    public static DesiredListener moved(DesiredListener listener, int port) {
        return with(listener, port, listener.isEnabled(), listener.name());
    }

    public static DesiredListener enabled(DesiredListener listener, boolean isEnabled) {
        return with(listener, listener.port(), isEnabled, listener.name());
    }

    /** The next generation, with these listeners. */
    public static DesiredLoadBalancer next(DesiredLoadBalancer loadBalancer, DesiredListener... listeners) {
        return with(loadBalancer, loadBalancer.generation() + 1, loadBalancer.isEnabled(), List.of(listeners));
    }

    public static DesiredLoadBalancer enabled(DesiredLoadBalancer loadBalancer, boolean isEnabled) {
        return with(loadBalancer, loadBalancer.generation() + 1, isEnabled, loadBalancer.listeners());
    }

    public static DesiredLoadBalancer atGeneration(DesiredLoadBalancer loadBalancer, long generation) {
        return with(loadBalancer, generation, loadBalancer.isEnabled(), loadBalancer.listeners());
    }

    public static DesiredLoadBalancer at(DesiredLoadBalancer loadBalancer, String... vips) {
        return new DesiredLoadBalancer(
                loadBalancer.id(),
                loadBalancer.generation() + 1,
                loadBalancer.projectId(),
                loadBalancer.isEnabled(),
                List.of(vips),
                loadBalancer.availabilityZones(),
                loadBalancer.listeners(),
                loadBalancer.accessLog());
    }

    private static DesiredLoadBalancer with(
            DesiredLoadBalancer loadBalancer, long generation, boolean isEnabled, List<DesiredListener> listeners) {
        return new DesiredLoadBalancer(
                loadBalancer.id(),
                generation,
                loadBalancer.projectId(),
                isEnabled,
                loadBalancer.vipAddresses(),
                loadBalancer.availabilityZones(),
                listeners,
                loadBalancer.accessLog());
    }

    public static Push.Put put(DesiredResource resource) {
        return put(EPOCH, resource);
    }

    public static Push.Put put(Epoch epoch, DesiredResource resource) {
        return new Push.Put(epoch, resource, Digest.of(resource));
    }

    public static Push.Remove remove(DesiredResource resource) {
        return new Push.Remove(EPOCH, resource.kind(), resource.id(), resource.generation());
    }

    public static Push.Withdraw withdraw(DesiredResource resource) {
        return new Push.Withdraw(EPOCH, resource.kind(), resource.id(), resource.generation());
    }

    public static DesiredPool atGeneration(DesiredPool pool, long generation) {
        return new DesiredPool(
                pool.id(),
                generation,
                pool.projectId(),
                pool.isEnabled(),
                pool.isUsed(),
                pool.protocol(),
                pool.algorithm(),
                pool.isAnyPort(),
                pool.healthMonitor(),
                pool.members(),
                pool.presence());
    }
}
