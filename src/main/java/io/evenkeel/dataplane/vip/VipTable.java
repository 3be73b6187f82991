package io.evenkeel.dataplane.vip;

import io.evenkeel.dataplane.vip.VipHealth.Trouble;
import io.evenkeel.dataplane.vip.VipHealth.Why;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The VIPs a worker holds. A VIP is served while every port that its load balancer should have there is open, a port
 * aside that no worker can open; and, once, every member was checked. Written by one thread, read by any.
 */
public final class VipTable {

    private static final VipHealth.Trouble UNCHECKED =
            new Trouble(Why.NOT_CHECKED_YET, "Since the worker began not every member was checked yet.");

    private final Predicate<UUID> isChecked;
    private final Map<InetAddress, VipHealth> byAddress = new ConcurrentHashMap<>();
    private final Map<UUID, Set<InetAddress>> addresses = new HashMap<>();
    /** Of these not every member was checked yet; what comes to others later changes nothing about their VIPs. */
    private final Set<UUID> settling = ConcurrentHashMap.newKeySet();

    /** @param isChecked whether every member of a pool was */
    public VipTable(Predicate<UUID> isChecked) {
        this.isChecked = isChecked;
    }

    /** Empty where no load balancer has the address. */
    public Optional<VipHealth> find(InetAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Load balancers to be looked at again soon. */
    public Set<UUID> settling() {
        return Set.copyOf(settling);
    }

    /**
     * The load balancer is as it is desired, as far as its ports go.
     *
     * @param ports all that it should have
     */
    public void update(DesiredLoadBalancer loadBalancer, Collection<VipPort> ports) {
        var id = loadBalancer.id();
        var before = addresses.get(id);
        if (before == null) {
            // Its pools are checked from now on, and look as if nothing had to be checked before.
            settling.add(id);
        } else if (ports.stream().flatMap(port -> port.poolIds().stream()).allMatch(isChecked)) {
            settling.remove(id);
        }
        var now = new HashMap<InetAddress, VipHealth>();
        for (var text : loadBalancer.vipAddresses()) {
            var vip = InetAddress.ofLiteral(text);
            now.put(vip, new VipHealth(id, trouble(loadBalancer, vip, ports)));
        }
        addresses.put(id, Set.copyOf(now.keySet()));
        byAddress.putAll(now);
        if (before != null) {
            before.stream().filter(vip -> !now.containsKey(vip)).forEach(vip -> forget(id, vip));
        }
    }

    public void remove(UUID loadBalancerId) {
        settling.remove(loadBalancerId);
        var before = addresses.remove(loadBalancerId);
        if (before != null) {
            before.forEach(vip -> forget(loadBalancerId, vip));
        }
    }

    /** The worker serves nothing any more. */
    public void clear() {
        Set.copyOf(addresses.keySet()).forEach(this::remove);
    }

    /** Another load balancer may have the address by now. */
    private void forget(UUID loadBalancerId, InetAddress vip) {
        byAddress.computeIfPresent(
                vip, (key, health) -> health.loadBalancerId().equals(loadBalancerId) ? null : health);
    }

    private Optional<Trouble> trouble(DesiredLoadBalancer loadBalancer, InetAddress vip, Collection<VipPort> ports) {
        if (!loadBalancer.isEnabled()) {
            return Optional.of(new Trouble(Why.SWITCHED_OFF, "The load balancer is switched off."));
        }
        var here = ports.stream().filter(port -> port.vip().equals(vip)).toList();
        if (here.isEmpty()) {
            return Optional.of(ports.isEmpty() ? withoutListener(loadBalancer) : notBound());
        }
        return ofThisHost(here)
                .or(() -> closed(here))
                .or(() -> settling.contains(loadBalancer.id()) ? Optional.of(UNCHECKED) : Optional.empty());
    }

    private static Trouble withoutListener(DesiredLoadBalancer loadBalancer) {
        boolean isAnyOn = loadBalancer.listeners().stream().anyMatch(DesiredListener::isEnabled);
        return new Trouble(
                Why.NO_LISTENER,
                isAnyOn
                        ? "No listener of the load balancer has a protocol that workers serve."
                        : "No listener of the load balancer is switched on.");
    }

    private static Trouble notBound() {
        return new Trouble(
                Why.NOT_BOUND, "This worker binds all addresses; of a load balancer it serves its first IPv4 VIP so.");
    }

    private static Optional<Trouble> ofThisHost(List<VipPort> ports) {
        var problems = ports.stream()
                .flatMap(port -> port.problem().stream())
                .filter(problem -> isOfThisHost(problem.reason()))
                .toList();
        return problems.stream()
                .findFirst()
                .map(problem -> new Trouble(
                        Why.valueOf(problem.reason().name()),
                        "%d of %d ports are not open: %s".formatted(problems.size(), ports.size(), problem.message())));
    }

    /** What is wrong everywhere alike keeps the VIP where it is, for the sake of its other ports. */
    private static boolean isOfThisHost(Reason reason) {
        return switch (reason) {
            case PORT_IN_USE, ADDRESS_NOT_AVAILABLE, CANNOT_BIND -> true;
            case PROTOCOL_NOT_SERVED, CERTIFICATE_NOT_USABLE, INVALID -> false;
        };
    }

    private static Optional<Trouble> closed(List<VipPort> ports) {
        if (ports.stream().anyMatch(VipPort::isOpen)) {
            return Optional.empty();
        }
        var message = ports.stream()
                .flatMap(port -> port.problem().stream())
                .map(Problem::message)
                .findFirst()
                .orElse("TLS is not configured.");
        return Optional.of(new Trouble(Why.CERTIFICATE_NOT_USABLE, message));
    }
}
