package io.evenkeel.dataplane;

import io.evenkeel.dataplane.accesslog.AccessLog;
import io.evenkeel.dataplane.health.HealthChecker;
import io.evenkeel.dataplane.lastgood.LastGood;
import io.evenkeel.dataplane.lastgood.LastGoodStore;
import io.evenkeel.dataplane.listening.ListenerTable;
import io.evenkeel.dataplane.pool.Drain;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.proof.Claim;
import io.evenkeel.dataplane.proof.Outstanding;
import io.evenkeel.dataplane.proof.Prover;
import io.evenkeel.dataplane.tls.boringssl.ServerContexts;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.vip.VipHealth;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.Push;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Serves desired state: listens, balances, checks health. Pushes are applied one after the other on one control
 * thread, which also notices health changes and retries ports; the loops carry the traffic and never wait for it.
 * Whatever was applied last is kept on disk and served again after a restart, with or without a control plane.
 */
public final class Worker implements AutoCloseable {

    private final Transport transport;
    private final WorkerListener listener;
    private final InstantSource clock;
    private final HealthChecker health;
    private final HealthFeed healthFeed;
    private final LastGoodStore store;
    private final Traffic traffic;
    private final PoolTable pools;
    private final ServerContexts contexts;
    private final AccessLog accessLog;
    private final ListenerTable listeners;
    private final Applier applier;
    private final Proofs proofs;
    private final ControlThread control = new ControlThread();
    /** Of the control thread. */
    private Map<UUID, StandIn> toldStandIns = Map.of();

    /**
     * @param transport the worker's from now on: {@link #close} closes it
     * @param listener called on the control thread
     * @param clock tells since when a member is in its state
     */
    public Worker(WorkerOptions options, Transport transport, WorkerListener listener, InstantSource clock) {
        this.transport = transport;
        this.listener = listener;
        this.clock = clock;
        health = new HealthChecker(this::onHealthChanged, clock);
        pools = new PoolTable(transport.loops(), health, options.availabilityZone(), clock);
        traffic = new Traffic(transport.loops().size());
        contexts = new ServerContexts(options.keys());
        accessLog = new AccessLog(options.accessLog(), transport.loops().size());
        var outstanding = new Outstanding();
        listeners = new ListenerTable(
                transport,
                pools,
                traffic,
                options.vipBinding() == WorkerOptions.VipBinding.WILDCARD,
                contexts,
                accessLog,
                outstanding);
        proofs = new Proofs(listeners, pools, outstanding, new Told());
        store = new LastGoodStore(options.home());
        healthFeed = new HealthFeed(health, pools, listener);
        applier = new Applier(pools, listeners, store, new LoopBarrier(transport.loops()), clock);
    }

    /** Restores the last good state, binds its ports and begins to check; returns when that is done. */
    public void start() {
        List<LastGood> lastGood = store.open();
        health.start();
        control.run(() -> {
            applier.restore(lastGood);
            contexts.started();
            listeners
                    .problems()
                    .forEach((loadBalancerId, problems) ->
                            problems.forEach(problem -> listener.onProblem(loadBalancerId, problem)));
            tellWhoServes();
            proofs.examineChanged();
        });
        control.everySecond(() -> {
            pools.tick();
            tellWhoServes();
            listeners.retry(listener::onProblem, listener::onServing);
            applier.settle();
            proofs.examineChanged();
            proofs.tick();
        });
    }

    /**
     * Applies one push; pushes are applied in the order of the calls. Returns when every loop sees the new state. May
     * be called from any thread but the loops' and the control thread.
     *
     * @throws IllegalStateException when the worker is closed, or a loop does not answer
     */
    public ApplyOutcome apply(Push push) {
        return control.call(() -> {
            var outcome = applier.apply(push);
            tellWhoServes();
            proofs.examineChanged();
            return outcome;
        });
    }

    /** What is held: generation by id. */
    public Map<UUID, Long> held(ResourceKind kind) {
        return control.call(() -> applier.held(kind));
    }

    /** The state of every checked member, as it is now. */
    public List<MemberHealth> health() {
        return control.call(healthFeed::all);
    }

    /** The pools in which others take traffic than those who are there for it, as it is now. */
    public Map<UUID, StandIn> standIns() {
        return control.call(pools::standIns);
    }

    /**
     * Whether it serves the VIP, as it was after the last change; empty where it holds no load balancer with the address.
     * Waits for nothing.
     */
    public Optional<VipHealth> vip(InetAddress address) {
        return listeners.vip(address);
    }

    /** What its loops count. */
    public Traffic traffic() {
        return traffic;
    }

    /** Where its loops tell of requests and sessions. */
    public AccessLog accessLog() {
        return accessLog;
    }

    /** What is held and does not serve, by load balancer, as it is now. */
    public Map<UUID, List<Problem>> problems() {
        return control.call(listeners::problems);
    }

    /** Closes every port and connection, writes what is left of the last good state, and ends all threads. */
    @Override
    public void close() {
        proofs.stop();
        control.close(listeners::close);
        health.close();
        transport.close();
        proofs.close();
        accessLog.close();
        store.close();
    }

    private void tellWhoServes() {
        var now = pools.standIns();
        if (!now.equals(toldStandIns)) {
            toldStandIns = now;
            listener.onStandIns(now);
        }
        pools.takeChangedDrains().forEach((poolId, drains) -> listener.onLeaving(poolId, leaving(drains)));
    }

    private Map<UUID, WorkerListener.Leaving> leaving(Map<UUID, Drain> drains) {
        var leaving = new HashMap<UUID, WorkerListener.Leaving>();
        long now = System.nanoTime();
        var instant = clock.instant();
        drains.forEach((memberId, drain) -> {
            var since = instant.minusNanos(now - drain.sinceNanos());
            leaving.put(memberId, new WorkerListener.Leaving(since, since.plus(drain.limit())));
        });
        return leaving;
    }

    private void onHealthChanged(UUID poolId, UUID memberId) {
        if (healthFeed.changed(poolId, memberId)) {
            control.soon(() -> {
                healthFeed.drain();
                applier.settle();
                tellWhoServes();
                proofs.examineChanged();
            });
        }
    }

    /** Passes on, on the control thread, what was shown. */
    private final class Told implements Prover.Listener {

        @Override
        public void onProved(Claim claim) {
            var subject = claim.subject();
            control.soon(() -> {
                if (proofs.proved(claim)) {
                    listener.onProved(subject.kind(), subject.id(), claim.generation());
                }
            });
        }

        @Override
        public void onUnproved(Claim claim, String why) {
            var subject = claim.subject();
            control.soon(() -> {
                if (proofs.unproved(claim)) {
                    listener.onUnproved(subject.kind(), subject.id(), claim.generation(), why);
                }
            });
        }
    }
}
