package io.evenkeel.livechanges.scene;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What is configured, and the next change to it, drawn from a seed. Servers 1 and 2 are always well, in every pool and
 * of some weight: so there is always somebody to serve, and any request that fails was lost by the change.
 */
public final class Scene {

    public static final int SERVERS = 8;
    public static final int HTTP_PORT = 9_000;
    public static final int TCP_PORT = 9_001;
    public static final int CHECK_PORT = 9_002;
    /** Longer than any run. */
    private static final int LONG_DRAIN = 4_000;

    private static final int SHORT_DRAIN = 10;

    static final int STEADY = 2;
    private static final int MAX_WEIGHT = 100;
    private static final int OTHER_PORTS = 6;
    private static final int FIRST_OTHER_PORT = 18_310;
    private static final List<Algorithm> ALGORITHMS =
            List.of(Algorithm.ROUND_ROBIN, Algorithm.LEAST_CONNECTIONS, Algorithm.SOURCE_IP);

    private final SplittableRandom random;
    private final Map<String, Pool> pools = new TreeMap<>();
    private final Map<Front, String> current = new EnumMap<>(Front.class);
    private final Map<Front, Policies> policies = new EnumMap<>(Front.class);
    private final Map<Front, Integer> revisions = new EnumMap<>(Front.class);
    private final TreeSet<Integer> otherPorts = new TreeSet<>();
    private final Map<Integer, Change.Condition> conditions = new HashMap<>();
    private int certificate;

    public Scene(long seed) {
        random = new SplittableRandom(seed);
        for (var front : Front.values()) {
            current.put(front, front.pool(1));
            revisions.put(front, 0);
            policies.put(front, new Policies(front));
            for (int number = 1; number <= front.pools(); number++) {
                var weights = new TreeMap<Integer, Integer>();
                IntStream.rangeClosed(1, number == 1 ? 5 : STEADY).forEach(server -> weights.put(server, 10));
                pools.put(front.pool(number), Pool.of(front, weights, drawCheck()));
            }
        }
    }

    public Map<String, Pool> pools() {
        return pools;
    }

    public Pool pool(String name) {
        return Optional.ofNullable(pools.get(name)).orElseThrow();
    }

    /** The pool that the listener has. */
    public String poolOf(Front front) {
        return Optional.ofNullable(current.get(front)).orElseThrow();
    }

    /** Of the listener, in the order in which they are asked. */
    public List<Policy> policies(Front front) {
        return of(front).inOrder();
    }

    private Policies of(Front front) {
        return Optional.ofNullable(policies.get(front)).orElseThrow();
    }

    /** Whether the listener has it, or one of its policies leads to it. */
    public boolean isUsed(String pool) {
        var front = pool(pool).front();
        return poolOf(front).equals(pool)
                || policies(front).stream()
                        .flatMap(policy -> policy.shares().keySet().stream())
                        .anyMatch(number -> front.pool(number).equals(pool));
    }

    public int revision(Front front) {
        return Optional.ofNullable(revisions.get(front)).orElseThrow();
    }

    /** Of the certificate that the listener with TLS shows. */
    public int certificate() {
        return certificate;
    }

    public List<Integer> otherPorts() {
        return List.copyOf(otherPorts);
    }

    boolean isWell(int server) {
        return conditions.getOrDefault(server, Change.Condition.WELL) == Change.Condition.WELL;
    }

    /** Draws a change that can be made now, and makes it here. */
    public Change next() {
        while (true) {
            var drawn = draw();
            if (drawn.isPresent()) {
                accept(drawn.get());
                return drawn.get();
            }
        }
    }

    private Optional<Change> draw() {
        int kind = random.nextInt(120);
        var name = List.copyOf(pools.keySet()).get(random.nextInt(pools.size()));
        if (kind < 65) {
            return drawOfPool(kind, name);
        }
        var fronts = List.of(Front.values());
        var front = fronts.get(random.nextInt(fronts.size()));
        if (kind < 68) {
            return Optional.of(new Change.Certificate(certificate + 1));
        } else if (kind < 75) {
            return Optional.of(new Change.EditListener(front, revision(front) + 1));
        } else if (kind < 83) {
            var other = poolOf(front).equals(front.pool(1)) ? front.pool(2) : front.pool(1);
            return Optional.of(new Change.SwapPool(front, other));
        } else if (kind < 93) {
            var conditions = Change.Condition.values();
            var next = random.nextBoolean() ? Change.Condition.WELL : conditions[random.nextInt(conditions.length)];
            return Optional.of(new Change.Flip(unsteady(), next));
        }
        if (kind >= 100) {
            return Optional.of(
                    of(random.nextBoolean() ? Front.WEB : Front.SECURE).draw(random));
        }
        int port = FIRST_OTHER_PORT + random.nextInt(OTHER_PORTS);
        return Optional.of(otherPorts.contains(port) ? new Change.CloseListener(port) : new Change.OpenListener(port));
    }

    private Optional<Change> drawOfPool(int kind, String name) {
        var weights = pool(name).weights();
        int server = unsteady();
        boolean isMember = weights.containsKey(server);
        if (kind < 20) {
            var members = List.copyOf(weights.keySet());
            int one = members.get(random.nextInt(members.size()));
            return Optional.of(new Change.Weigh(name, one, random.nextInt(one <= STEADY ? 1 : 0, MAX_WEIGHT + 1)));
        } else if (kind < 42) {
            return Optional.of(
                    isMember
                            ? new Change.RemoveMember(name, server)
                            : new Change.AddMember(name, server, random.nextInt(MAX_WEIGHT + 1)));
        } else if (kind < 47) {
            return Optional.of(new Change.Balance(name, ALGORITHMS.get(random.nextInt(ALGORITHMS.size()))));
        } else if (kind < 55) {
            return Optional.of(new Change.Monitor(name, drawCheck()));
        } else if (kind < 60) {
            return Optional.of(drawPresence(name, pool(name).front()));
        } else if (kind < 63) {
            return Optional.of(new Change.Keep(name, drawStickiness(pool(name).front())));
        }
        return pool(name).check().map(_ -> new Change.DropMonitor(name));
    }

    private Change drawPresence(String name, Front front) {
        boolean isOn = random.nextBoolean();
        if (random.nextInt(4) == 0) {
            return new Change.FailOpen(name, isOn);
        } else if (front.isHttp()) {
            return new Change.SlowStart(name, isOn ? 30 + random.nextInt(30) : 0);
        }
        int limit = front == Front.SHORT ? SHORT_DRAIN : LONG_DRAIN;
        return new Change.Drain(name, isOn ? limit : 0);
    }

    private Optional<DesiredStickiness.Type> drawStickiness(Front front) {
        int kind = random.nextInt(3);
        // A connection that comes to a member that drains would end with its time, as it should.
        if (kind == 0 || front == Front.SHORT) {
            return Optional.empty();
        } else if (!front.isHttp()) {
            return Optional.of(DesiredStickiness.Type.SOURCE_IP);
        }
        return Optional.of(kind == 1 ? DesiredStickiness.Type.HTTP_COOKIE : DesiredStickiness.Type.APP_COOKIE);
    }

    private int unsteady() {
        return random.nextInt(STEADY + 1, SERVERS + 1);
    }

    private Change.Check drawCheck() {
        var type = random.nextBoolean() ? DesiredHealthMonitor.Type.HTTP : DesiredHealthMonitor.Type.TCP;
        return new Change.Check(
                type,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextBoolean() ? "/check" : "/check?deep",
                random.nextBoolean() ? "200" : "200-204");
    }

    private void accept(Change change) {
        switch (change) {
            case Change.Weigh weigh -> pool(weigh.pool()).weights().put(weigh.server(), weigh.weight());
            case Change.AddMember add -> pool(add.pool()).weights().put(add.server(), add.weight());
            case Change.RemoveMember remove -> pool(remove.pool()).weights().remove(remove.server());
            case Change.Balance balance ->
                pools.put(balance.pool(), pool(balance.pool()).balanced(balance.algorithm()));
            case Change.Monitor monitor ->
                pools.put(monitor.pool(), pool(monitor.pool()).checked(Optional.of(monitor.check())));
            case Change.DropMonitor drop ->
                pools.put(drop.pool(), pool(drop.pool()).checked(Optional.empty()));
            case Change.Drain drain ->
                pools.put(drain.pool(), pool(drain.pool()).draining(drain.seconds()));
            case Change.SlowStart slow ->
                pools.put(slow.pool(), pool(slow.pool()).easingIn(slow.seconds()));
            case Change.FailOpen open ->
                pools.put(open.pool(), pool(open.pool()).failingOpen(open.isOn()));
            case Change.Keep keep -> pools.put(keep.pool(), pool(keep.pool()).keeping(keep.type()));
            case Change.PutPolicy put -> of(put.front()).put(put.policy());
            case Change.RemovePolicy remove -> of(remove.front()).remove(remove.number());
            case Change.SwapPolicies swap -> of(swap.front()).swap(swap.one(), swap.other());
            case Change.Certificate shown -> certificate = shown.revision();
            case Change.EditListener edit -> revisions.put(edit.front(), edit.revision());
            case Change.SwapPool swap -> current.put(swap.front(), swap.pool());
            case Change.Flip flip -> conditions.put(flip.server(), flip.condition());
            case Change.OpenListener open -> otherPorts.add(open.port());
            case Change.CloseListener close -> otherPorts.remove(close.port());
        }
    }

    /** Who may serve requests for that path through the listener now, as far as the checks have caught up. */
    public Set<Integer> servers(Front front, String path) {
        var servers = new TreeSet<Integer>();
        of(front)
                .taking(path)
                .ifPresentOrElse(
                        policy -> policy.shares().forEach((number, weight) -> {
                            if (weight > 0) {
                                servers.addAll(servers(pool(front.pool(number))));
                            }
                        }),
                        () -> servers.addAll(servers(pool(poolOf(front)))));
        return servers;
    }

    private List<Integer> servers(Pool pool) {
        var servers = new ArrayList<Integer>();
        pool.weights().forEach((server, weight) -> {
            if (weight > 0
                    && (pool.check().isEmpty()
                            || isWell(server)
                            || isUnseen(pool.check().get(), server))) {
                servers.add(server);
            }
        });
        return servers;
    }

    /** A TCP check sees no more than whether the port is open. */
    private boolean isUnseen(Change.Check check, int server) {
        return check.type() == DesiredHealthMonitor.Type.TCP && conditions.get(server) != Change.Condition.REFUSES;
    }
}
