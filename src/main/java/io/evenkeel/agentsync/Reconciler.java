package io.evenkeel.agentsync;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.agentsync.feed.Epochs;
import io.evenkeel.agentsync.placement.Share;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Digest;
import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.desiredstate.delivery.Push;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings one worker to its share of the desired state: level-triggered, whole resources, pools before the load balancers
 * that refer to them. Used by one thread. A failed look changes nothing here; the next one begins where the last good one
 * ended.
 */
final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    /** Resources compiled in one transaction, so that memory and transactions stay small. */
    private static final int CHUNK = 500;

    private final ChangeFeed feed;
    private final DesiredStateCompiler compiler;
    private final Epochs epochs;
    private final WorkerLink worker;
    private final Share share;
    private final TransactionTemplate snapshot;

    private Epoch epoch = new Epoch(0, "");
    private String cursor = Changes.BEGINNING;

    /** Until everything was compared once in this epoch, however often that has to be tried. */
    private boolean mustCompare;

    /** What the worker holds, as far as is known: all of it after a sweep. */
    private final Map<ResourceKind, Set<UUID>> held = new EnumMap<>(ResourceKind.class);

    private Runnable whileBusy = () -> {};

    Reconciler(
            ChangeFeed feed,
            DesiredStateCompiler compiler,
            Epochs epochs,
            PlatformTransactionManager transactions,
            WorkerLink worker,
            Share share) {
        this.feed = feed;
        this.compiler = compiler;
        this.epochs = epochs;
        this.worker = worker;
        this.share = share;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Up to which change the worker has taken everything. */
    String watermark() {
        return cursor;
    }

    /** Called now and then between pushes, of which there may be many. */
    void whileBusy(Runnable chore) {
        whileBusy = chore;
    }

    /**
     * Pushes what changed since the last look. In a new epoch everything is pushed, and what is gone is removed; when the
     * worker's share has moved, what came to it is pushed and what others serve is withdrawn.
     */
    void look() {
        var changes = inSnapshot(() -> {
            share.look();
            return share.narrow(changesInCurrentEpoch(), held);
        });
        push(changes);
        if (mustCompare || share.isDue()) {
            sweep();
            mustCompare = false;
        }
        cursor = changes.cursor();
    }

    /** In one snapshot, so that a cursor never meets the changes of another epoch. */
    private Changes changesInCurrentEpoch() {
        var now = epochs.current();
        if (!now.equals(epoch)) {
            log.atInfo().addKeyValue("epoch", now.number()).log("A new epoch: everything is compared and pushed");
            epoch = now;
            cursor = Changes.BEGINNING;
            mustCompare = true;
        }
        return feed.since(cursor);
    }

    private void push(Changes changes) {
        put(changes.changed().getOrDefault(ResourceKind.POOL, List.of()), compiler::pools);
        put(changes.changed().getOrDefault(ResourceKind.LOAD_BALANCER, List.of()), compiler::loadBalancers);
        remove(ResourceKind.LOAD_BALANCER, changes.deleted().getOrDefault(ResourceKind.LOAD_BALANCER, Map.of()));
        remove(ResourceKind.POOL, changes.deleted().getOrDefault(ResourceKind.POOL, Map.of()));
    }

    /** Compares everything that should be held with what is held, and heals what differs. */
    void sweep() {
        var generations = new EnumMap<ResourceKind, Map<UUID, Long>>(ResourceKind.class);
        for (var kind : ResourceKind.values()) {
            var now = worker.held(kind);
            generations.put(kind, now);
            held.put(kind, new HashSet<>(now.keySet()));
        }
        var existing = new EnumMap<ResourceKind, Map<UUID, Long>>(ResourceKind.class);
        var mine = inThisEpoch(() -> {
            for (var kind : ResourceKind.values()) {
                existing.put(kind, feed.generations(kind));
            }
            return share.mine(existing, held);
        });
        heal(new Difference(existing, mine, generations));
        share.compared(of(ResourceKind.LOAD_BALANCER));
    }

    private void heal(Difference difference) {
        if (difference.isNone()) {
            return;
        }
        log.atInfo().addKeyValue("workerId", worker.workerId()).log("The sweep found differences and heals them");
        push(new Changes(cursor, difference.stale(), difference.gone()));
        for (var kind : List.of(ResourceKind.LOAD_BALANCER, ResourceKind.POOL)) {
            difference.moved(kind).forEach((id, generation) -> push(new Push.Withdraw(epoch, kind, id, generation)));
        }
    }

    private void put(List<UUID> ids, Function<List<UUID>, ? extends List<? extends DesiredResource>> compile) {
        for (int from = 0; from < ids.size(); from += CHUNK) {
            var chunk = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
            for (DesiredResource resource : inThisEpoch(() -> compile.apply(chunk))) {
                push(new Push.Put(epoch, resource, Digest.of(resource)));
                whileBusy.run();
            }
        }
    }

    private void remove(ResourceKind kind, Map<UUID, Long> deleted) {
        deleted.forEach((id, generation) -> push(new Push.Remove(epoch, kind, id, generation)));
    }

    private Set<UUID> of(ResourceKind kind) {
        return held.computeIfAbsent(kind, fresh -> new HashSet<>());
    }

    private void note(Push push) {
        switch (push) {
            case Push.Put put -> of(put.kind()).add(put.id());
            case Push.Remove remove -> of(remove.kind()).remove(remove.id());
            case Push.Withdraw withdraw -> of(withdraw.kind()).remove(withdraw.id());
        }
    }

    private void push(Push push) {
        var outcome = worker.push(push);
        if (!(outcome instanceof ApplyOutcome.Rejected)) {
            note(push);
        }
        switch (outcome) {
            case ApplyOutcome.Applied applied ->
                log.atDebug()
                        .addKeyValue("workerId", worker.workerId())
                        .addKeyValue("resourceId", push.id())
                        .addKeyValue("generation", applied.generation())
                        .log("Applied");
            case ApplyOutcome.Outdated outdated ->
                log.atDebug()
                        .addKeyValue("workerId", worker.workerId())
                        .addKeyValue("resourceId", push.id())
                        .addKeyValue("generation", push.generation())
                        .log("The worker holds generation {} already", outdated.heldGeneration());
            case ApplyOutcome.Rejected rejected ->
                log.atWarn()
                        .addKeyValue("workerId", worker.workerId())
                        .addKeyValue("resourceId", push.id())
                        .addKeyValue("generation", rejected.generation())
                        .log("Rejected: {}: {}", rejected.reason(), rejected.message());
        }
    }

    /** Another database may answer than at the look's beginning: what it says belongs to another epoch. */
    private <T> T inThisEpoch(Supplier<T> read) {
        return inSnapshot(() -> {
            if (!epochs.current().equals(epoch)) {
                throw new TransientDataAccessResourceException("Another database answers; the next look begins anew");
            }
            return read.get();
        });
    }

    private <T> T inSnapshot(Supplier<T> read) {
        return Objects.requireNonNull(snapshot.execute(status -> read.get()));
    }
}
