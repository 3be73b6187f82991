package io.evenkeel.status.receipt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a worker is with a load balancer or a pool.
 *
 * @param applied the generation that the worker has taken over; of one that was deleted, the generation of its end
 * @param serving what every event loop was seen to serve, which may be an earlier one
 * @param trouble why the generation that was applied is not seen to be served; for people
 */
public record Receipt(
        Subject subject, long applied, Instant appliedAt, Optional<Serving> serving, Optional<String> trouble) {

    /** What has a generation. The names are stored. */
    public enum Kind {
        LOAD_BALANCER,
        POOL
    }

    /** What it is about. */
    public record Subject(Kind kind, UUID id) {}

    /** @param since when the last of the loops had shown it */
    public record Serving(long generation, Instant since) {}

    /** That generation was taken over. One that goes back, after a restore, leaves nothing of what was shown before. */
    public Receipt withApplied(long generation, Instant at) {
        if (generation == applied) {
            return this;
        }
        boolean isOlder = generation < applied;
        return new Receipt(subject, generation, at, isOlder ? Optional.empty() : serving, Optional.empty());
    }

    /** That generation was shown. */
    public Receipt withServing(long generation, Instant at) {
        return serving.filter(known -> known.generation() == generation).isPresent() && trouble.isEmpty()
                ? this
                : new Receipt(subject, applied, appliedAt, Optional.of(new Serving(generation, at)), Optional.empty());
    }

    public Receipt withTrouble(String why) {
        return new Receipt(subject, applied, appliedAt, serving, Optional.of(why));
    }
}
