package io.evenkeel.agentsync;

import io.evenkeel.agentsync.receipt.ReceiptReporter;
import io.evenkeel.dataplane.MemberHealth;
import io.evenkeel.dataplane.Worker;
import io.evenkeel.dataplane.WorkerListener;
import io.evenkeel.dataplane.WorkerOptions;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Push;
import io.evenkeel.status.HealthObservation;
import io.evenkeel.status.Rejection;
import io.evenkeel.status.StatusRecorder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker in this process, and what it tells put into words that the status module knows. */
final class EmbeddedWorker implements WorkerLink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedWorker.class);

    private final String workerId;
    private final StatusReporter reporter;
    private final ReceiptReporter receipts;
    private final Worker worker;
    /** What was written down as not serving, so that only its end is written down as well. */
    private final Set<UUID> rejected = ConcurrentHashMap.newKeySet();

    private final Map<UUID, Set<UUID>> brokenListeners = new ConcurrentHashMap<>();

    EmbeddedWorker(
            String workerId,
            WorkerOptions options,
            Transport transport,
            StatusReporter reporter,
            ReceiptReporter receipts,
            InstantSource clock) {
        this.workerId = workerId;
        this.reporter = reporter;
        this.receipts = receipts;
        this.worker = new Worker(options, transport, new Listener(), clock);
    }

    void start() {
        worker.start();
    }

    Worker worker() {
        return worker;
    }

    @Override
    public String workerId() {
        return workerId;
    }

    @Override
    public ApplyOutcome push(Push push) {
        var outcome = worker.apply(push);
        reporter.changed(push.kind(), push.id());
        switch (outcome) {
            case ApplyOutcome.Applied applied -> applied(push, applied);
            case ApplyOutcome.Outdated outdated -> {}
            case ApplyOutcome.Rejected refused -> {
                rejected.add(push.id());
                reporter.rejected(new Rejection(
                        kindOf(push.kind()),
                        push.id(),
                        refused.generation(),
                        refused.reason().name(),
                        refused.message()));
            }
        }
        return outcome;
    }

    private void applied(Push push, ApplyOutcome.Applied applied) {
        switch (push) {
            case Push.Put put -> receipts.applied(put.kind(), put.id(), applied.generation());
            case Push.Remove remove -> receipts.removed(remove.kind(), remove.id(), applied.generation());
            case Push.Withdraw withdraw -> receipts.withdrawn(withdraw.kind(), withdraw.id());
        }
        if (rejected.remove(push.id())) {
            reporter.serves(kindOf(push.kind()), push.id());
        }
        if (push instanceof Push.Withdraw && push.kind() == ResourceKind.POOL) {
            reporter.withdrawn(push.id());
        }
        if (push.kind() == ResourceKind.LOAD_BALANCER) {
            reportBroken(push.id(), applied.generation(), applied.problems());
        }
    }

    private static Rejection rejection(ApplyOutcome.Problem problem, long generation) {
        return new Rejection(
                Rejection.Kind.LISTENER,
                problem.listenerId(),
                generation,
                problem.reason().name(),
                problem.message());
    }

    private static Rejection.Kind kindOf(ResourceKind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> Rejection.Kind.LOAD_BALANCER;
            case POOL -> Rejection.Kind.POOL;
        };
    }

    @Override
    public Map<UUID, Long> held(ResourceKind kind) {
        return worker.held(kind);
    }

    @Override
    public void reportObserved() {
        report(worker.health());
        reportStandIns(worker.standIns());
        var problems = worker.problems();
        var held = worker.held(ResourceKind.LOAD_BALANCER);
        problems.forEach((id, broken) -> reportBroken(id, held.getOrDefault(id, 0L), broken));
        brokenListeners.keySet().stream()
                .filter(loadBalancerId -> !problems.containsKey(loadBalancerId))
                .forEach(loadBalancerId -> reportBroken(loadBalancerId, 0, List.of()));
        receipts.retell();
    }

    /** These listeners of a load balancer do not serve, and no others. */
    private void reportBroken(UUID loadBalancerId, long generation, List<ApplyOutcome.Problem> problems) {
        Set<UUID> broken = ConcurrentHashMap.newKeySet();
        problems.forEach(problem -> {
            broken.add(problem.listenerId());
            reporter.rejected(rejection(problem, generation));
        });
        var before = brokenListeners.put(loadBalancerId, broken);
        if (before != null) {
            before.removeAll(broken);
            before.forEach(listener -> reporter.serves(Rejection.Kind.LISTENER, listener));
        }
        brokenListeners.remove(loadBalancerId, Set.of());
    }

    private void report(List<MemberHealth> health) {
        if (!health.isEmpty()) {
            reporter.health(health.stream().map(EmbeddedWorker::observation).toList());
        }
    }

    private void reportStandIns(Map<UUID, StandIn> byPool) {
        var whyByPool = new HashMap<UUID, String>();
        byPool.forEach((poolId, why) -> whyByPool.put(poolId, why.name()));
        reporter.standIns(whyByPool);
    }

    private static HealthObservation observation(MemberHealth health) {
        return new HealthObservation(
                health.memberId(),
                health.isOnline(),
                health.reason().orElse(null),
                health.expected().orElse(null),
                health.received().orElse(null),
                health.since());
    }

    @Override
    public void close() {
        worker.close();
    }

    private final class Listener implements WorkerListener {

        @Override
        public void onHealthChanged(MemberHealth health) {
            report(List.of(health));
        }

        @Override
        public void onStandIns(Map<UUID, StandIn> byPool) {
            reportStandIns(byPool);
        }

        @Override
        public void onLeaving(UUID poolId, Map<UUID, Leaving> byMember) {
            var leaving = new HashMap<UUID, StatusRecorder.Leaving>();
            byMember.forEach(
                    (memberId, told) -> leaving.put(memberId, new StatusRecorder.Leaving(told.since(), told.until())));
            reporter.leaving(poolId, leaving);
        }

        @Override
        public void onProblem(UUID loadBalancerId, ApplyOutcome.Problem problem) {
            brokenListeners
                    .computeIfAbsent(loadBalancerId, id -> ConcurrentHashMap.newKeySet())
                    .add(problem.listenerId());
            reporter.rejected(rejection(problem, 0));
        }

        @Override
        public void onServing(UUID loadBalancerId, UUID listenerId) {
            reporter.serves(Rejection.Kind.LISTENER, listenerId);
        }

        @Override
        public void onProved(ResourceKind kind, UUID id, long generation) {
            receipts.proved(kind, id, generation);
        }

        @Override
        public void onUnproved(ResourceKind kind, UUID id, long generation, String why) {
            log.atWarn()
                    .addKeyValue("workerId", workerId)
                    .addKeyValue("resourceId", id)
                    .addKeyValue("generation", generation)
                    .log("{} is not seen to be served: {}", kind, why);
            receipts.unproved(kind, id, why);
        }
    }
}
