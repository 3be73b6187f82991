package io.evenkeel.dataplane;

import io.evenkeel.dataplane.lastgood.LastGood;
import io.evenkeel.dataplane.lastgood.LastGoodStore;
import io.evenkeel.dataplane.listening.ListenerTable;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import io.evenkeel.desiredstate.delivery.Digest;
import io.evenkeel.desiredstate.delivery.Push;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pushes in: fences them, applies them, keeps the last good state. A resource that cannot be applied stays as it
 * was and disturbs no other. The control thread's alone.
 */
final class Applier {

    private static final Logger log = LoggerFactory.getLogger(Applier.class);
    private static final int MAX_REMEMBERED_REMOVALS = 100_000;

    private final PoolTable pools;
    private final ListenerTable listeners;
    private final LastGoodStore store;
    private final LoopBarrier loops;
    private final InstantSource clock;
    private final Fence fence = new Fence(MAX_REMEMBERED_REMOVALS);

    Applier(PoolTable pools, ListenerTable listeners, LastGoodStore store, LoopBarrier loops, InstantSource clock) {
        this.pools = pools;
        this.listeners = listeners;
        this.store = store;
        this.loops = loops;
        this.clock = clock;
    }

    ApplyOutcome apply(Push push) {
        return switch (fence.judge(push)) {
            case Fence.Verdict.Refused refused -> new ApplyOutcome.Outdated(refused.heldGeneration());
            case Fence.Verdict.Confirmed ignored -> applied(push);
            case Fence.Verdict.Fresh fresh -> {
                if (fresh.isContradiction()) {
                    log.atWarn()
                            .addKeyValue("generation", push.generation())
                            .log("{} {} came with other content under the same generation", push.kind(), push.id());
                }
                yield applyFresh(push);
            }
        };
    }

    /** Applies what was kept, pools first. What cannot be applied is left out. */
    void restore(List<LastGood> lastGood) {
        var poolsFirst =
                Comparator.comparing((LastGood state) -> state.resource().kind() != ResourceKind.POOL);
        for (LastGood state : lastGood.stream().sorted(poolsFirst).toList()) {
            var resource = state.resource();
            var problem = tryPut(resource);
            if (problem.isEmpty()) {
                fence.accept(new Push.Put(state.epoch(), resource, Digest.of(resource)), clock.instant());
            }
        }
        log.atInfo().log("Restored {} resources from the last good state", lastGood.size());
    }

    Map<UUID, Long> held(ResourceKind kind) {
        var generations = new HashMap<UUID, Long>();
        fence.held(kind).forEach((id, held) -> generations.put(id, held.generation()));
        return generations;
    }

    private ApplyOutcome applyFresh(Push push) {
        switch (push) {
            case Push.Put put -> {
                var rejected = tryPut(put.resource());
                if (rejected.isPresent()) {
                    return rejected.get();
                }
                store.put(new LastGood(put.epoch(), put.resource()));
            }
            case Push.Remove ignored -> takeOut(push);
            case Push.Withdraw ignored -> takeOut(push);
        }
        loops.await();
        fence.accept(push, clock.instant());
        return applied(push);
    }

    private Optional<ApplyOutcome.Rejected> tryPut(DesiredResource resource) {
        try {
            var rejected = switch (resource) {
                case DesiredPool pool -> putPool(pool);
                case DesiredLoadBalancer loadBalancer -> {
                    listeners.apply(loadBalancer.id(), loadBalancer);
                    yield Optional.<ApplyOutcome.Rejected>empty();
                }
            };
            settle();
            return rejected;
        } catch (RuntimeException e) {
            return Optional.of(rejected(resource, Reason.INVALID, e));
        }
    }

    private Optional<ApplyOutcome.Rejected> putPool(DesiredPool pool) {
        var notServed = NotServed.reason(pool);
        if (notServed.isPresent()) {
            return Optional.of(
                    new ApplyOutcome.Rejected(pool.generation(), Reason.PROTOCOL_NOT_SERVED, notServed.get()));
        }
        if (pools.put(pool, listeners.isUsed(pool.id()))) {
            listeners.poolChanged(pool.id());
        }
        return Optional.empty();
    }

    /** Leads ports that wait to their next pools, where those are ready, and checks what is in use and nothing else. */
    void settle() {
        listeners.settle();
        listeners.takeChangesOfUse().forEach(poolId -> pools.referred(poolId, listeners.isUsed(poolId)));
    }

    private static ApplyOutcome.Rejected rejected(DesiredResource resource, Reason reason, RuntimeException cause) {
        log.atWarn()
                .addKeyValue("generation", resource.generation())
                .setCause(cause)
                .log("{} {} cannot be applied; its last good state stays", resource.kind(), resource.id());
        return new ApplyOutcome.Rejected(resource.generation(), reason, String.valueOf(cause.getMessage()));
    }

    private void takeOut(Push push) {
        switch (push.kind()) {
            case LOAD_BALANCER -> listeners.apply(push.id(), null);
            case POOL -> {
                pools.remove(push.id());
                listeners.poolChanged(push.id());
            }
        }
        settle();
        store.remove(push.kind(), push.id());
    }

    private ApplyOutcome applied(Push push) {
        List<Problem> problems = switch (push.kind()) {
            case LOAD_BALANCER -> listeners.problems(push.id());
            case POOL -> List.of();
        };
        return new ApplyOutcome.Applied(push.generation(), problems);
    }
}
