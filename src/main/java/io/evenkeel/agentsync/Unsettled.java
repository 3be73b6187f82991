package io.evenkeel.agentsync;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.platform.database.DatabaseTrouble;
import io.evenkeel.status.StatusRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools and load balancers of which something changed, until status has judged what follows from it: together, and a
 * moment after the first of them, so that a burst of changes costs one look and a state that passes is not told. Added
 * to from any thread, settled by one.
 */
final class Unsettled {

    private static final Logger log = LoggerFactory.getLogger(Unsettled.class);

    /** Judged in one transaction, so that it stays short. */
    private static final int CHUNK = 500;

    private final StatusRecorder recorder;
    private final long delayNanos;
    private Set<UUID> pools = new HashSet<>();
    private Set<UUID> loadBalancers = new HashSet<>();
    private long firstNanos;

    Unsettled(StatusRecorder recorder, Duration delay) {
        this.recorder = recorder;
        this.delayNanos = delay.toNanos();
    }

    synchronized void add(ResourceKind kind, UUID id) {
        if (isEmpty()) {
            firstNanos = System.nanoTime();
        }
        switch (kind) {
            case POOL -> pools.add(id);
            case LOAD_BALANCER -> loadBalancers.add(id);
        }
    }

    synchronized boolean isEmpty() {
        return pools.isEmpty() && loadBalancers.isEmpty();
    }

    /** What the database cannot do now is tried again a second later. */
    void settleIfDue() {
        Set<UUID> poolsNow;
        Set<UUID> loadBalancersNow;
        synchronized (this) {
            if (isEmpty() || System.nanoTime() - firstNanos < delayNanos) {
                return;
            }
            poolsNow = pools;
            loadBalancersNow = loadBalancers;
            pools = new HashSet<>();
            loadBalancers = new HashSet<>();
        }
        try {
            settle(poolsNow, loadBalancersNow);
        } catch (RuntimeException e) {
            log.atWarn().log("Members and zones are not judged yet: {}", e.getMessage());
            if (DatabaseTrouble.mayPass(e)) {
                poolsNow.forEach(id -> add(ResourceKind.POOL, id));
                loadBalancersNow.forEach(id -> add(ResourceKind.LOAD_BALANCER, id));
            }
        }
    }

    private void settle(Set<UUID> poolIds, Set<UUID> loadBalancerIds) {
        for (var chunk : chunks(poolIds)) {
            recorder.settleMembers(chunk);
            // In a transaction after the one that changed verdicts, so that whoever judges last sees all of them.
            recorder.settleZones(chunk, List.of());
        }
        for (var chunk : chunks(loadBalancerIds)) {
            recorder.settleZones(List.of(), chunk);
        }
    }

    private static List<List<UUID>> chunks(Set<UUID> ids) {
        var all = new ArrayList<>(ids);
        var chunks = new ArrayList<List<UUID>>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
