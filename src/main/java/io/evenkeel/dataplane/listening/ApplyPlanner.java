package io.evenkeel.dataplane.listening;

import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to get from one state of a load balancer to the next, in the order close, swap, open: a port
 * that moves between listeners is free before it is taken. What is the same in both is not touched. Pure.
 */
final class ApplyPlanner {

    private final boolean bindsEveryAddress;

    /** @param bindsEveryAddress whether ports are bound on all addresses, not on the VIP */
    ApplyPlanner(boolean bindsEveryAddress) {
        this.bindsEveryAddress = bindsEveryAddress;
    }

    /**
     * The steps from {@code before} to {@code after}; null is a load balancer that is not there.
     *
     * @throws IllegalArgumentException when a VIP is no address
     */
    List<ApplyStep> plan(@Nullable DesiredLoadBalancer before, @Nullable DesiredLoadBalancer after) {
        var open = endpoints(before);
        var wanted = endpoints(after);
        var steps = new ArrayList<ApplyStep>();
        for (Endpoint.Key key : open.keySet()) {
            if (!wanted.containsKey(key)) {
                steps.add(new ApplyStep.CloseListener(key, isSwitchedOff(after, key.listenerId())));
            }
        }
        wanted.forEach((key, endpoint) -> {
            var current = open.get(key);
            if (current != null && !current.equals(endpoint)) {
                steps.add(new ApplyStep.SwapSettings(endpoint));
            }
        });
        wanted.forEach((key, endpoint) -> {
            if (!open.containsKey(key)) {
                steps.add(new ApplyStep.OpenListener(endpoint));
            }
        });
        return steps;
    }

    /** The listeners of a load balancer that cannot be served however the sockets fare. */
    static List<Problem> problems(DesiredLoadBalancer loadBalancer) {
        var problems = new ArrayList<Problem>();
        for (DesiredListener listener : loadBalancer.listeners()) {
            if (isSwitchedOn(loadBalancer, listener)) {
                problem(loadBalancer, listener).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** The sockets a load balancer needs, by what identifies them. */
    Map<Endpoint.Key, Endpoint> endpoints(@Nullable DesiredLoadBalancer loadBalancer) {
        var endpoints = new LinkedHashMap<Endpoint.Key, Endpoint>();
        if (loadBalancer != null) {
            var vips = vips(loadBalancer);
            for (DesiredListener listener : loadBalancer.listeners()) {
                if (isSwitchedOn(loadBalancer, listener) && isServed(listener)) {
                    for (InetAddress vip : vips) {
                        listener.ports().forEach(port -> {
                            var endpoint = endpoint(loadBalancer, listener, vip, port);
                            endpoints.put(endpoint.key(), endpoint);
                        });
                    }
                }
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(DesiredLoadBalancer loadBalancer, DesiredListener listener, InetAddress vip, int port) {
        var address = new InetSocketAddress(vip, port);
        var bind = bindsEveryAddress ? new InetSocketAddress(anyOf(vip), port) : address;
        return new Endpoint(
                new Endpoint.Key(listener.id(), listener.protocol(), address),
                loadBalancer.id(),
                bind,
                listener,
                loadBalancer.accessLog());
    }

    /** Bound to all addresses, one socket serves every VIP: the IPv4 one where there is one. */
    private List<InetAddress> vips(DesiredLoadBalancer loadBalancer) {
        var vips =
                loadBalancer.vipAddresses().stream().map(InetAddress::ofLiteral).toList();
        if (!bindsEveryAddress) {
            return vips;
        }
        var first = vips.stream().filter(Inet4Address.class::isInstance).findFirst();
        return first.or(() -> vips.stream().findFirst()).stream().toList();
    }

    private static InetAddress anyOf(InetAddress vip) {
        return InetAddress.ofLiteral(vip instanceof Inet4Address ? "0.0.0.0" : "::");
    }

    private static Optional<Problem> problem(DesiredLoadBalancer loadBalancer, DesiredListener listener) {
        if (!isServed(listener)) {
            return Optional.of(new Problem(
                    listener.id(),
                    Reason.PROTOCOL_NOT_SERVED,
                    "The protocol " + listener.protocol() + " is not served by this worker yet."));
        } else if (loadBalancer.vipAddresses().isEmpty()) {
            return Optional.of(new Problem(
                    listener.id(), Reason.ADDRESS_NOT_AVAILABLE, "The load balancer has no address to listen on."));
        }
        return Optional.empty();
    }

    private static boolean isServed(DesiredListener listener) {
        return switch (listener.protocol()) {
            case TCP, UDP, HTTP, HTTPS, TLS -> true;
            case QUIC -> false;
        };
    }

    private static boolean isSwitchedOn(DesiredLoadBalancer loadBalancer, DesiredListener listener) {
        return loadBalancer.isEnabled() && listener.isEnabled();
    }

    private static boolean isSwitchedOff(@Nullable DesiredLoadBalancer after, UUID listenerId) {
        return after != null
                && after.listeners().stream()
                        .anyMatch(listener -> listener.id().equals(listenerId) && !isSwitchedOn(after, listener));
    }
}
