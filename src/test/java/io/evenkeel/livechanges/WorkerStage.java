package io.evenkeel.livechanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.MemberHealth;
import io.evenkeel.dataplane.States;
import io.evenkeel.dataplane.Worker;
import io.evenkeel.dataplane.WorkerListener;
import io.evenkeel.dataplane.WorkerOptions;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import io.evenkeel.livechanges.load.Backend;
import io.evenkeel.livechanges.load.Wire;
import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import io.evenkeel.livechanges.scene.Pool;
import io.evenkeel.livechanges.scene.Scene;
import io.evenkeel.testing.Pki;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A worker that is given desired state as the control plane gives it: what differs, whole, pools first. */
final class WorkerStage implements Stage, WorkerListener {

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String STICKINESS_KEY = "5a".repeat(32);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

    private final int network = ThreadLocalRandom.current().nextInt(20, 250);
    private final Worker worker;
    private final UUID loadBalancerId = UUID.randomUUID();
    private final List<Pki.Issued> certificates =
            List.of(Pki.selfSigned("one"), Pki.selfSigned("two"), Pki.selfSigned("three"));
    private final Map<String, UUID> ids = new HashMap<>();
    private final Map<UUID, DesiredPool> pools = new HashMap<>();
    private long generation;

    WorkerStage(Path home, Transport transport) {
        var options = new WorkerOptions(home, WorkerOptions.VipBinding.ADDRESS, TlsStates.KEYS);
        worker = new Worker(options, transport, this, InstantSource.system());
        worker.start();
    }

    @Override
    public String vip() {
        return "127.%d.1.1".formatted(network);
    }

    @Override
    public String address(int server) {
        return "127.%d.2.%d".formatted(network, server);
    }

    @Override
    public void open(Scene scene) {
        push(scene);
    }

    @Override
    public void make(Change change, Scene scene) {
        switch (change) {
            // What comes back is another member, listener or monitor than the one that went.
            case Change.RemoveMember remove -> ids.remove(member(remove.pool(), remove.server()));
            case Change.CloseListener close -> ids.remove("listener " + close.port());
            case Change.DropMonitor drop -> ids.remove("monitor " + drop.pool());
            case Change.RemovePolicy remove -> ids.remove(policy(remove.front(), remove.number()));
            default -> {}
        }
        push(scene);
    }

    private void push(Scene scene) {
        scene.pools().forEach((name, pool) -> {
            var wanted = desired(name, pool, scene.isUsed(name));
            if (!wanted.equals(pools.put(wanted.id(), wanted))) {
                apply(wanted.id(), worker.apply(States.put(States.atGeneration(wanted, ++generation))));
            }
        });
        var listeners = new ArrayList<DesiredListener>();
        for (var front : Front.values()) {
            listeners.add(listener(front, scene));
        }
        scene.otherPorts().forEach(port -> listeners.add(other(port)));
        var loadBalancer = new DesiredLoadBalancer(
                loadBalancerId, ++generation, "project", true, List.of(vip()), List.of("az-1"), listeners);
        apply(loadBalancerId, worker.apply(States.put(loadBalancer)));
    }

    private void apply(UUID id, ApplyOutcome outcome) {
        assertThat(outcome).as("push of %s", id).isEqualTo(new ApplyOutcome.Applied(generation, List.of()));
    }

    private DesiredPool desired(String name, Pool pool, boolean isUsed) {
        var members = new ArrayList<DesiredMember>();
        pool.weights()
                .forEach((server, weight) -> members.add(new DesiredMember(
                        id(member(name, server)), address(server), pool.front().memberPort(), weight, "az-1", true)));
        return new DesiredPool(
                id(name),
                0,
                "project",
                true,
                isUsed,
                pool.front().poolProtocol(),
                pool.algorithm(),
                false,
                pool.check().map(check -> monitor(id("monitor " + name), check)),
                members,
                presence(pool),
                pool.stickiness().map(WorkerStage::stickiness));
    }

    private static DesiredStickiness stickiness(DesiredStickiness.Type type) {
        boolean isOfApplication = type == DesiredStickiness.Type.APP_COOKIE;
        return new DesiredStickiness(
                type,
                isOfApplication ? Backend.APPLICATION_COOKIE : "",
                isOfApplication ? Duration.ZERO : Duration.ofMinutes(1),
                STICKINESS_KEY);
    }

    /** Easing in goes twenty times faster than the API lets it. */
    private static Presence presence(Pool pool) {
        return new Presence(
                positive(pool.drainSeconds()).map(Duration::ofSeconds),
                positive(pool.slowStartSeconds()).map(seconds -> new SlowStart(Duration.ofMillis(50L * seconds))),
                pool.isFailOpen(),
                Optional.empty());
    }

    private static Optional<Integer> positive(int number) {
        return number > 0 ? Optional.of(number) : Optional.empty();
    }

    private static DesiredHealthMonitor monitor(UUID id, Change.Check check) {
        return new DesiredHealthMonitor(
                id,
                check.type(),
                Duration.ofMillis(40L * check.speed()),
                CHECK_TIMEOUT,
                check.rises(),
                check.falls(),
                Optional.of(Scene.CHECK_PORT),
                Optional.empty(),
                check.path(),
                "GET",
                check.codes());
    }

    private DesiredListener listener(Front front, Scene scene) {
        int revision = scene.revision(front);
        return new DesiredListener(
                        id(front.name()),
                        "revision " + revision,
                        front.protocol(),
                        front.port(),
                        List.of(),
                        true,
                        Optional.of(id(scene.poolOf(front))),
                        LONG.plusSeconds(revision),
                        LONG.plusSeconds(revision % 7),
                        LONG.plusSeconds(revision % 5),
                        revision % 2 == 0 ? Map.of() : Map.of("X-Forwarded-Port", "true"),
                        revision % 3 == 0,
                        false,
                        front.isTls()
                                ? Optional.of(TlsStates.offeringHttp2(TlsStates.with(shown(scene.certificate())), true))
                                : Optional.empty())
                .withPolicies(scene.policies(front).stream()
                        .map(policy -> desired(front, policy))
                        .toList());
    }

    private static String policy(Front front, int number) {
        return "policy " + number + " of " + front;
    }

    private DesiredPolicy desired(Front front, Policy policy) {
        var shares = policy.shares().entrySet().stream()
                .map(share -> new Share(id(front.pool(share.getKey())), share.getValue()))
                .toList();
        var action = new ToPools(
                shares,
                policy.isSticky()
                        ? Optional.of(new Stickiness(Duration.ofMinutes(1), STICKINESS_KEY))
                        : Optional.empty(),
                Optional.empty(),
                DesiredFields.NONE,
                DesiredLimit.NONE,
                Optional.empty());
        return new DesiredPolicy(id(policy(front, policy.number())), rules(policy.match()), action);
    }

    private static List<DesiredRule> rules(Policy.Match match) {
        return switch (match) {
            case PREFIX -> List.of(rule(Subject.PATH, Comparison.STARTS_WITH, "/p1"));
            case EXACT -> List.of(rule(Subject.PATH, Comparison.EQUALS, "/p1/a"));
            case PATTERN -> List.of(rule(Subject.PATH, Comparison.CONTAINS_PATTERN, "^/p[12]/a$"));
            case HOST_AND_PREFIX ->
                List.of(
                        rule(Subject.HOST, Comparison.EQUALS, Wire.HOST),
                        rule(Subject.PATH, Comparison.STARTS_WITH, "/p2"));
        };
    }

    private static DesiredRule rule(Subject subject, Comparison comparison, String value) {
        return new DesiredRule(subject, comparison, "", List.of(value), false);
    }

    private DesiredCertificate shown(int revision) {
        return TlsStates.certificate("certificate", certificates.get(revision % certificates.size()));
    }

    private DesiredListener other(int port) {
        var protocol = port % 2 == 0 ? ListenerProtocol.HTTP : ListenerProtocol.TCP;
        return new DesiredListener(
                id("listener " + port),
                "other",
                protocol,
                port,
                List.of(),
                true,
                Optional.empty(),
                LONG,
                LONG,
                LONG,
                Map.of(),
                false,
                false);
    }

    private static String member(String pool, int server) {
        return "member " + server + " of " + pool;
    }

    private UUID id(String name) {
        return ids.computeIfAbsent(name, _ -> UUID.randomUUID());
    }

    @Override
    public void onHealthChanged(MemberHealth changed) {}

    @Override
    public void onProblem(UUID ofLoadBalancer, ApplyOutcome.Problem problem) {}

    @Override
    public void onServing(UUID ofLoadBalancer, UUID listenerId) {}

    @Override
    public void close() {
        worker.close();
    }
}
