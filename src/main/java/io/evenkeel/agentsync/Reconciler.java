package io.evenkeel.agentsync;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.agentsync.feed.Epochs;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Digest;
import io.evenkeel.desiredstate.delivery.Epoch;
import io.evenkeel.desiredstate.delivery.Push;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Brings one worker to the desired state: level-triggered, whole resources, pools before the load balancers that refer
 * to them. Used by one thread. A failed look changes nothing here; the next one begins where the last good one ended.
 */
final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    /** Resources compiled in one transaction, so that memory and transactions stay small. */
    private static final int CHUNK = 500;

    private final ChangeFeed feed;
    private final DesiredStateCompiler compiler;
    private final Epochs epochs;
    private final WorkerLink worker;
    private final TransactionTemplate snapshot;

    private Epoch epoch = new Epoch(0, "");
    private String cursor = Changes.BEGINNING;

    /** Until everything was compared once in this epoch, however often that has to be tried. */
    private boolean mustCompare;

    Reconciler(
            ChangeFeed feed,
            DesiredStateCompiler compiler,
            Epochs epochs,
            PlatformTransactionManager transactions,
            WorkerLink worker) {
        this.feed = feed;
        this.compiler = compiler;
        this.epochs = epochs;
        this.worker = worker;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Up to which change the worker has taken everything. */
    String watermark() {
        return cursor;
    }

    /** Pushes what changed since the last look. In a new epoch everything is pushed, and what is gone is removed. */
    void look() {
        var changes = inSnapshot(this::changesInCurrentEpoch);
        push(changes);
        if (mustCompare) {
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
        var stale = new EnumMap<ResourceKind, List<UUID>>(ResourceKind.class);
        var gone = new EnumMap<ResourceKind, Map<UUID, Long>>(ResourceKind.class);
        for (var kind : ResourceKind.values()) {
            var wanted = inThisEpoch(() -> feed.generations(kind));
            var held = worker.held(kind);
            stale.put(kind, differing(wanted, held));
            var removed = new HashMap<UUID, Long>();
            held.forEach((id, generation) -> {
                if (!wanted.containsKey(id)) {
                    removed.put(id, generation + 1);
                }
            });
            gone.put(kind, removed);
        }
        if (!stale.values().stream().allMatch(List::isEmpty)
                || !gone.values().stream().allMatch(Map::isEmpty)) {
            log.atInfo().addKeyValue("workerId", worker.workerId()).log("The sweep found differences and heals them");
            push(new Changes(cursor, stale, gone));
        }
    }

    private static List<UUID> differing(Map<UUID, Long> wanted, Map<UUID, Long> held) {
        return wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(held.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private void put(List<UUID> ids, Function<List<UUID>, ? extends List<? extends DesiredResource>> compile) {
        for (int from = 0; from < ids.size(); from += CHUNK) {
            var chunk = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
            for (DesiredResource resource : inThisEpoch(() -> compile.apply(chunk))) {
                push(new Push.Put(epoch, resource, Digest.of(resource)));
            }
        }
    }

    private void remove(ResourceKind kind, Map<UUID, Long> deleted) {
        deleted.forEach((id, generation) -> push(new Push.Remove(epoch, kind, id, generation)));
    }

    private void push(Push push) {
        var outcome = worker.push(push);
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
