package io.evenkeel.dataplane;

import io.evenkeel.dataplane.listening.ListenerTable;
import io.evenkeel.dataplane.proof.Claim;
import io.evenkeel.dataplane.proof.Outstanding;
import io.evenkeel.dataplane.proof.Prover;
import io.evenkeel.dataplane.proof.Question;
import io.evenkeel.desiredstate.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Has everything that changed examined as soon as all of it is in place: a load balancer at its ports, a pool at one port
 * that leads to it, because every port of a loop picks from the same state of it. A pool that no port leads to has
 * nothing to show. What is not shown is asked for again, ever less often. The control thread's alone, but for its end.
 */
final class Proofs implements AutoCloseable {

    private static final int MOST_SECONDS = 32;

    /** When to ask again, in seconds, and how long to wait if that is in vain. */
    private record Retry(int left, int next) {}

    private final ListenerTable listeners;
    private final PoolTable pools;
    private final Prover prover;
    private final Map<Question, Retry> retries = new HashMap<>();

    Proofs(ListenerTable listeners, PoolTable pools, Outstanding outstanding, Prover.Listener listener) {
        this.listeners = listeners;
        this.pools = pools;
        this.prover = new Prover(outstanding, listener);
    }

    /** What changed since the last call. */
    void examineChanged() {
        pools.takeChanged().forEach(id -> begin(new Question(ResourceKind.POOL, id)));
        listeners.takeChanged().forEach(id -> begin(new Question(ResourceKind.LOAD_BALANCER, id)));
    }

    private void begin(Question subject) {
        retries.remove(subject);
        examine(subject);
    }

    /** There is nothing to examine of what is gone, or not in place. */
    private void examine(Question subject) {
        claim(subject).ifPresentOrElse(prover::examine, () -> prover.drop(subject));
    }

    private Optional<Claim> claim(Question subject) {
        UUID id = subject.id();
        return switch (subject.kind()) {
            case LOAD_BALANCER -> listeners.claim(id);
            case POOL ->
                pools.generation(id).map(generation -> new Claim(subject, generation, listeners.targetsLeadingTo(id)));
        };
    }

    /** Returns whether that counts: what it was asked for may be gone by now. */
    boolean proved(Claim claim) {
        retries.remove(claim.subject());
        return isHeld(claim.subject());
    }

    /** Returns whether that counts, and then asks again. */
    boolean unproved(Claim claim) {
        if (!isHeld(claim.subject())) {
            return false;
        }
        var before = retries.get(claim.subject());
        int wait = before == null ? 1 : before.next();
        retries.put(claim.subject(), new Retry(wait, Math.min(MOST_SECONDS, wait * 2)));
        return true;
    }

    private boolean isHeld(Question subject) {
        return switch (subject.kind()) {
            case LOAD_BALANCER -> listeners.isHeld(subject.id());
            case POOL -> pools.generation(subject.id()).isPresent();
        };
    }

    /** A second has passed. */
    void tick() {
        for (var entry : List.copyOf(retries.entrySet())) {
            var retry = entry.getValue();
            retries.put(entry.getKey(), new Retry(retry.left() - 1, retry.next()));
            if (retry.left() == 1) {
                examine(entry.getKey());
            }
        }
    }

    void stop() {
        prover.stop();
    }

    @Override
    public void close() {
        prover.close();
    }
}
