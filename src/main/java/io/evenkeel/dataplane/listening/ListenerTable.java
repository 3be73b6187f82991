package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.udp.SessionBudget;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The load balancers a worker holds and the sockets it has for them. The control thread's alone. */
public final class ListenerTable {

    private static final Logger log = LoggerFactory.getLogger(ListenerTable.class);

    private final Transport transport;
    private final Function<UUID, @Nullable MemberPool> pools;
    private final Traffic traffic;
    private final ApplyPlanner planner;
    private final SessionBudget sessions;
    private final Map<UUID, DesiredLoadBalancer> loadBalancers = new HashMap<>();
    private final Map<Endpoint.Key, ServedEndpoint> endpoints = new HashMap<>();
    private final Map<Endpoint.Binding, Endpoint.Key> bound = new HashMap<>();

    /**
     * @param pools finds a pool at work by id, null where it is not held
     * @param bindsEveryAddress whether ports are bound on all addresses, not on the VIP
     */
    public ListenerTable(
            Transport transport,
            Function<UUID, @Nullable MemberPool> pools,
            Traffic traffic,
            boolean bindsEveryAddress) {
        this.transport = transport;
        this.pools = pools;
        this.traffic = traffic;
        this.planner = new ApplyPlanner(bindsEveryAddress);
        this.sessions = SessionBudget.of(Descriptors.limit(), transport.loops().size());
    }

    /**
     * Goes to the next state of a load balancer, null when it was removed.
     *
     * @throws IllegalArgumentException when it makes no sense; then nothing changed
     */
    public void apply(UUID loadBalancerId, @Nullable DesiredLoadBalancer next) {
        planner.plan(loadBalancers.get(loadBalancerId), next).forEach(this::execute);
        if (next == null) {
            loadBalancers.remove(loadBalancerId);
        } else {
            loadBalancers.put(loadBalancerId, next);
        }
    }

    /** What of a load balancer does not serve, one problem a listener. */
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
     * Tries once more what could not be bound.
     *
     * @param onProblem told with the load balancer's id of a listener whose reason is another now
     * @param onServing told with the ids of load balancer and listener of one that serves now
     */
    public void retry(BiConsumer<UUID, Problem> onProblem, BiConsumer<UUID, UUID> onServing) {
        for (ServedEndpoint served : List.copyOf(endpoints.values())) {
            if (!served.isOpen()) {
                var before = served.problem();
                open(served);
                if (!served.problem().equals(before)) {
                    tell(served.endpoint(), onProblem, onServing);
                }
            }
        }
    }

    /** A pool came or went: the listeners that refer to it serve with it, or without. */
    public void poolChanged(UUID poolId) {
        for (ServedEndpoint served : endpoints.values()) {
            var endpoint = served.endpoint();
            if (endpoint.listener().defaultPoolId().filter(poolId::equals).isPresent()) {
                served.swap(endpoint, poolOf(endpoint));
            }
        }
    }

    public void close() {
        endpoints.values().forEach(served -> served.close(true));
        endpoints.clear();
        bound.clear();
    }

    private void execute(ApplyStep step) {
        switch (step) {
            case ApplyStep.CloseListener close -> close(close);
            case ApplyStep.SwapSettings swap -> {
                var served = endpoints.get(swap.endpoint().key());
                if (served != null) {
                    served.swap(swap.endpoint(), poolOf(swap.endpoint()));
                }
            }
            case ApplyStep.OpenListener open -> {
                var endpoint = open.endpoint();
                var counts =
                        traffic.of(endpoint.loadBalancerId(), endpoint.key().listenerId());
                var served = new ServedEndpoint(endpoint, poolOf(endpoint), counts, sessions, transport.loops());
                endpoints.put(endpoint.key(), served);
                open(served);
            }
        }
    }

    private void close(ApplyStep.CloseListener step) {
        var served = endpoints.remove(step.key());
        if (served != null) {
            bound.remove(served.endpoint().binding(), step.key());
            served.close(step.isCut());
            if (endpoints.keySet().stream()
                    .noneMatch(key -> key.listenerId().equals(step.key().listenerId()))) {
                traffic.close(step.key().listenerId());
            }
        }
    }

    /** Sockets share ports where the system lets them, so that this worker itself must see to it that none does. */
    private void open(ServedEndpoint served) {
        var endpoint = served.endpoint();
        var holder = bound.get(endpoint.binding());
        if (holder != null) {
            served.refuse(Reason.PORT_IN_USE, "Listener " + holder.listenerId() + " of this worker holds the port.");
            return;
        }
        served.open(transport);
        if (served.isOpen()) {
            bound.put(endpoint.binding(), endpoint.key());
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
        problems(loadBalancerId).stream()
                .filter(problem -> problem.listenerId().equals(listenerId))
                .findFirst()
                .ifPresentOrElse(
                        problem -> onProblem.accept(loadBalancerId, problem),
                        () -> onServing.accept(loadBalancerId, listenerId));
    }

    private @Nullable MemberPool poolOf(Endpoint endpoint) {
        return endpoint.listener().defaultPoolId().map(pools).orElse(null);
    }
}
