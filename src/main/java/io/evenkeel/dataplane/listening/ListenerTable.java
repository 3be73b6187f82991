package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.accesslog.AccessLog;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.proof.Claim;
import io.evenkeel.dataplane.proof.Outstanding;
import io.evenkeel.dataplane.proof.Question;
import io.evenkeel.dataplane.proof.Target;
import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.tls.boringssl.ServerContexts;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.NativeMemory;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.udp.SessionBudget;
import io.evenkeel.dataplane.vip.VipHealth;
import io.evenkeel.dataplane.vip.VipPort;
import io.evenkeel.dataplane.vip.VipTable;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The load balancers a worker holds and the sockets it has for them. The control thread's alone. */
public final class ListenerTable {

    private static final Logger log = LoggerFactory.getLogger(ListenerTable.class);

    /** What the ports of a listener share, and how many they are. */
    private record OfListener(ListenerTraffic traffic, int ports) {}

    private final Transport transport;
    private final ListenerPolicies policies = new ListenerPolicies();
    private final PoolBindings pools;
    private final Traffic traffic;
    private final ApplyPlanner planner;
    private final ServerContexts contexts;
    private final Shared shared;
    private final Gates gates;
    private final Map<UUID, OfListener> listeners = new HashMap<>();
    private final Map<UUID, DesiredLoadBalancer> loadBalancers = new HashMap<>();
    private final Map<Endpoint.Key, ServedEndpoint> endpoints = new HashMap<>();
    private final BoundSockets bound;
    private final VipTable vips;
    /** Of which ports serve, or are to serve, something else than before. */
    private Set<UUID> changed = new HashSet<>();

    /**
     * @param bindsEveryAddress whether ports are bound on all addresses, not on the VIP
     * @param contexts the TLS of its listeners
     * @param log where lines of the access log go
     * @param outstanding the worker's own sockets that ask its ports
     */
    public ListenerTable(
            Transport transport,
            PoolSource pools,
            Traffic traffic,
            boolean bindsEveryAddress,
            ServerContexts contexts,
            AccessLog log,
            Outstanding outstanding) {
        this(transport, pools, traffic, bindsEveryAddress, contexts, log, outstanding, Descriptors.ofThisProcess());
    }

    ListenerTable(
            Transport transport,
            PoolSource pools,
            Traffic traffic,
            boolean bindsEveryAddress,
            ServerContexts contexts,
            AccessLog log,
            Outstanding outstanding,
            Descriptors descriptors) {
        this.transport = transport;
        this.pools = new PoolBindings(pools, policies::of);
        this.traffic = traffic;
        this.contexts = contexts;
        this.planner = new ApplyPlanner(bindsEveryAddress);
        int loops = transport.loops().size();
        this.bound = new BoundSockets(descriptors, loops);
        this.vips = new VipTable(poolId -> pools.readiness(poolId) == PoolSource.Readiness.KNOWN);
        this.gates = new Gates(loops);
        this.shared = new Shared(
                SessionBudget.of(descriptors.limit(), loops),
                // Half of what there is for all: the rest is for what is on its way to clients and members.
                new BlockPools(NativeMemory.limit() / 2 / loops),
                log,
                transport.loops(),
                outstanding);
    }

    /**
     * Goes to the next state of a load balancer, null when it was removed.
     *
     * @throws IllegalArgumentException when it makes no sense; then nothing changed
     */
    public void apply(UUID loadBalancerId, @Nullable DesiredLoadBalancer next) {
        bound.newRound();
        var before = loadBalancers.get(loadBalancerId);
        var steps = planner.plan(before, next);
        policies.update(before, next);
        var narrowed = gates.update(next);
        setUpTls(next);
        var wanted = planner.endpoints(next).keySet();
        if (next != null) {
            served(wanted).forEach(served -> served.want(next.generation()));
        }
        steps.forEach(step -> execute(step, next));
        served(wanted).stream().filter(served -> !pools.isWaiting(served)).forEach(ServedEndpoint::confirm);
        changed.add(loadBalancerId);
        forgetTls(before, next);
        gates.forget(before, next);
        cutRefused(narrowed);
        if (next == null) {
            loadBalancers.remove(loadBalancerId);
            vips.remove(loadBalancerId);
        } else {
            loadBalancers.put(loadBalancerId, next);
            vips.update(next, ports(next));
        }
    }

    /** Whether the VIP is served, empty where no load balancer has it. May be asked from any thread. */
    public Optional<VipHealth> vip(InetAddress address) {
        return vips.find(address);
    }

    private List<VipPort> ports(DesiredLoadBalancer loadBalancer) {
        return planner.endpoints(loadBalancer).keySet().stream()
                .map(endpoints::get)
                .filter(Objects::nonNull)
                .map(served -> new VipPort(
                        served.endpoint().key().vip().getAddress(),
                        served.isOpen(),
                        served.problem(),
                        served.destination().poolIds()))
                .toList();
    }

    private void lookAtVips(Stream<UUID> ids) {
        Stream.concat(ids, vips.settling().stream())
                .distinct()
                .map(loadBalancers::get)
                .filter(Objects::nonNull)
                .forEach(loadBalancer -> vips.update(loadBalancer, ports(loadBalancer)));
    }

    /** Those of these that are there. */
    private List<ServedEndpoint> served(Collection<Endpoint.Key> keys) {
        return keys.stream().map(endpoints::get).filter(Objects::nonNull).toList();
    }

    private void cutRefused(Set<UUID> listenerIds) {
        if (!listenerIds.isEmpty()) {
            endpoints.forEach((key, served) -> {
                if (listenerIds.contains(key.listenerId())) {
                    served.cutRefused();
                }
            });
        }
    }

    private void setUpTls(@Nullable DesiredLoadBalancer next) {
        if (next != null) {
            for (var listener : next.listeners()) {
                listener.tls()
                        .ifPresent(tls ->
                                contexts.update(listener.id(), tls, listener.protocol() == ListenerProtocol.HTTPS));
            }
        }
    }

    private void forgetTls(@Nullable DesiredLoadBalancer before, @Nullable DesiredLoadBalancer next) {
        if (before != null) {
            for (var listener : before.listeners()) {
                if (next == null
                        || next.listeners().stream().noneMatch(same -> same.id().equals(listener.id()))) {
                    contexts.remove(listener.id());
                }
            }
        }
    }

    /** What of a load balancer does not serve, or not as it should, one problem a listener. */
    public List<Problem> problems(UUID loadBalancerId) {
        var desired = loadBalancers.get(loadBalancerId);
        if (desired == null) {
            return List.of();
        }
        var problems = new HashMap<UUID, Problem>();
        ApplyPlanner.problems(desired).forEach(problem -> problems.put(problem.listenerId(), problem));
        for (Endpoint.Key key : planner.endpoints(desired).keySet()) {
            Optional.ofNullable(endpoints.get(key))
                    .flatMap(ServedEndpoint::problem)
                    .ifPresent(problem -> problems.putIfAbsent(key.listenerId(), problem));
        }
        for (var listener : desired.listeners()) {
            contexts.complaint(listener.id())
                    .map(complaint -> new Problem(listener.id(), Reason.CERTIFICATE_NOT_USABLE, complaint))
                    .ifPresent(problem -> problems.merge(
                            listener.id(), problem, (one, other) -> one.reason() == other.reason() ? other : one));
        }
        return desired.listeners().stream()
                .map(listener -> problems.get(listener.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** All that does not serve, by load balancer. */
    public Map<UUID, List<Problem>> problems() {
        var all = new HashMap<UUID, List<Problem>>();
        for (UUID loadBalancerId : loadBalancers.keySet()) {
            var problems = problems(loadBalancerId);
            if (!problems.isEmpty()) {
                all.put(loadBalancerId, problems);
            }
        }
        return all;
    }

    /**
     * Tries once more what could not be bound, and what waits for another pool. To be called every second.
     *
     * @param onProblem told with the load balancer's id of a listener whose reason is another now
     * @param onServing told with the ids of load balancer and listener of one that serves now
     */
    public void retry(BiConsumer<UUID, Problem> onProblem, BiConsumer<UUID, UUID> onServing) {
        pools.tick();
        bound.newRound();
        contexts.tick();
        var retried = new HashMap<UUID, Endpoint>();
        for (ServedEndpoint served : endpoints.values()) {
            if (!served.isOpen() && !bound.isAbsent(served.endpoint())) {
                var before = served.problem();
                open(served);
                if (!served.problem().equals(before)) {
                    retried.put(served.endpoint().key().listenerId(), served.endpoint());
                }
            }
        }
        lookAtVips(retried.values().stream().map(Endpoint::loadBalancerId));
        retried.values().forEach(endpoint -> tell(endpoint, onProblem, onServing));
    }

    /** A pool came or went: the listeners that refer to it serve with it, or without. */
    public void poolChanged(UUID poolId) {
        pools.poolChanged(poolId);
    }

    /** Whether any port leads to the pool, or is about to. */
    public boolean isUsed(UUID poolId) {
        return pools.isUsed(poolId);
    }

    /** Pools that ports have begun or ceased to lead to, or did both, since the last call. */
    public Set<UUID> takeChangesOfUse() {
        return pools.takeChangesOfUse();
    }

    /** Members are known better than before: ports that wait for their next pool may lead to it now. */
    public void settle() {
        pools.settle();
    }

    /** Load balancers whose ports serve, or are to serve, something else than at the last call. */
    public Set<UUID> takeChanged() {
        var taken = changed;
        changed = new HashSet<>();
        taken.addAll(pools.takeSettled());
        return taken;
    }

    public boolean isHeld(UUID loadBalancerId) {
        return loadBalancers.containsKey(loadBalancerId);
    }

    /** That a load balancer is served as it is held; absent while not all of it is. */
    public Optional<Claim> claim(UUID loadBalancerId) {
        var desired = loadBalancers.get(loadBalancerId);
        if (desired == null || !problems(loadBalancerId).isEmpty()) {
            return Optional.empty();
        }
        var question = new Question(ResourceKind.LOAD_BALANCER, loadBalancerId);
        return Evidence.of(served(planner.endpoints(desired).keySet()))
                .map(targets -> new Claim(question, desired.generation(), targets));
    }

    /** A port that leads to the pool; none where no port does. */
    public List<Target> targetsLeadingTo(UUID poolId) {
        return Evidence.of(pools.portOf(poolId));
    }

    public void close() {
        vips.clear();
        endpoints.values().forEach(served -> served.close(true));
        endpoints.clear();
        listeners.clear();
        pools.clear();
        bound.clear();
    }

    private void execute(ApplyStep step, @Nullable DesiredLoadBalancer next) {
        switch (step) {
            case ApplyStep.CloseListener close -> close(close);
            case ApplyStep.SwapSettings swap -> {
                var served = endpoints.get(swap.endpoint().key());
                if (served != null) {
                    pools.swap(served, swap.endpoint());
                    boolean hadTls = served.hasTls();
                    served.useTls(tlsOf(swap.endpoint()));
                    if (!hadTls && served.hasTls()) {
                        open(served);
                    }
                }
            }
            case ApplyStep.OpenListener open -> {
                var endpoint = open.endpoint();
                var served = new ServedEndpoint(
                        endpoint,
                        next == null ? 0 : next.generation(),
                        pools.destinationOf(endpoint),
                        tlsOf(endpoint),
                        trafficOf(endpoint),
                        gates.of(endpoint.key().listenerId()),
                        shared);
                endpoints.put(endpoint.key(), served);
                pools.opened(served);
                open(served);
            }
        }
    }

    private void close(ApplyStep.CloseListener step) {
        var served = endpoints.remove(step.key());
        if (served != null) {
            bound.closed(served.endpoint());
            pools.closed(served);
            served.close(step.isCut());
            listeners.computeIfPresent(step.key().listenerId(), (listenerId, left) -> {
                if (left.ports() > 1) {
                    return new OfListener(left.traffic(), left.ports() - 1);
                }
                traffic.close(listenerId);
                return null;
            });
        }
    }

    /** One for all ports of a listener. */
    private ListenerTraffic trafficOf(Endpoint endpoint) {
        var listenerId = endpoint.key().listenerId();
        var known = listeners.get(listenerId);
        var counts = known == null ? traffic.of(endpoint.loadBalancerId(), listenerId) : known.traffic();
        listeners.put(listenerId, new OfListener(counts, known == null ? 1 : known.ports() + 1));
        return counts;
    }

    private void open(ServedEndpoint served) {
        var endpoint = served.endpoint();
        if (!bound.isRefused(served)) {
            served.open(transport);
            bound.tried(served);
        }
        served.problem()
                .ifPresent(problem -> log.atDebug()
                        .addKeyValue("loadBalancerId", endpoint.loadBalancerId())
                        .addKeyValue("listenerId", problem.listenerId())
                        .addKeyValue("errorCode", problem.reason())
                        .log(problem.message()));
    }

    private void tell(Endpoint endpoint, BiConsumer<UUID, Problem> onProblem, BiConsumer<UUID, UUID> onServing) {
        var loadBalancerId = endpoint.loadBalancerId();
        var listenerId = endpoint.key().listenerId();
        changed.add(loadBalancerId);
        problems(loadBalancerId).stream()
                .filter(problem -> problem.listenerId().equals(listenerId))
                .findFirst()
                .ifPresentOrElse(
                        problem -> onProblem.accept(loadBalancerId, problem),
                        () -> onServing.accept(loadBalancerId, listenerId));
    }

    private @Nullable ServerContext tlsOf(Endpoint endpoint) {
        return contexts.find(endpoint.key().listenerId());
    }
}
