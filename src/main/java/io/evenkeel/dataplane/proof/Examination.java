package io.evenkeel.dataplane.proof;

import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asks ports until every loop has answered. Which loop takes a connection is the system's choice, by a hash of its
 * addresses: from where one was reached before it is reached again, and else it takes several attempts.
 */
final class Examination {

    /** As the same is called where a port cannot be bound for it. */
    private static final String NOT_HERE = ApplyOutcome.Reason.ADDRESS_NOT_AVAILABLE.name();

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    /** Attempts for each loop: by chance alone, one in 100,000 is missed by them. */
    private static final int ATTEMPTS_PER_LOOP = 12;

    private static final int FURTHER_ATTEMPTS = 12;

    /** Lost datagrams, and connections that came too late. */
    private static final int MAX_UNANSWERED = 3;

    private final Probe probe;
    private final Pace pace;

    Examination(Probe probe, Pace pace) {
        this.probe = probe;
        this.pace = pace;
    }

    /** Why the claim is not seen to be true; empty when it is. */
    Optional<String> failure(Claim claim) {
        for (var target : claim.targets()) {
            var failure = new OfPort(claim, target).failure();
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** One claim at one port. */
    private final class OfPort {
        private final Claim claim;
        private final Target target;
        private final Set<Integer> expected;
        private final Set<Integer> answered = new HashSet<>();
        private final Deque<Integer> sources;
        private final long deadline = System.nanoTime() + PATIENCE_NANOS;
        private int unanswered;

        private OfPort(Claim claim, Target target) {
            this.claim = claim;
            this.target = target;
            this.expected = target.loops();
            this.sources = new ArrayDeque<>(target.knownSourcePorts());
        }

        private Optional<String> failure() {
            if (expected.isEmpty()) {
                return Optional.of("No event loop takes from " + target + " yet");
            }
            int attempts = expected.size() * ATTEMPTS_PER_LOOP + FURTHER_ATTEMPTS;
            Optional<String> failure = Optional.empty();
            for (int i = 0; i < attempts && failure.isEmpty() && !isAnswered() && !isOver(); i++) {
                pace.await();
                failure = ask();
            }
            return failure.isPresent() || isAnswered() ? failure : Optional.of(missing());
        }

        private boolean isAnswered() {
            return answered.containsAll(expected);
        }

        private boolean isOver() {
            return System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted();
        }

        private Optional<String> ask() {
            var source = sources.poll();
            try {
                var answer = probe.ask(target, claim.subject(), source == null ? 0 : source);
                answered.add(answer.loop());
                return answer.generation() >= claim.generation()
                        ? Optional.empty()
                        : Optional.of("Event loop " + answer.loop() + " answers at " + target + " with generation "
                                + answer.generation());
            } catch (IOException e) {
                return unanswered(e);
            }
        }

        private Optional<String> unanswered(IOException cause) {
            if (!target.isHere()) {
                return Optional.of(NOT_HERE + ": " + target + " is not at an address of this worker's host");
            }
            return ++unanswered < MAX_UNANSWERED
                    ? Optional.empty()
                    : Optional.of("No answer at " + target + ": " + cause.getMessage());
        }

        private String missing() {
            var silent = expected.stream()
                    .filter(loop -> !answered.contains(loop))
                    .sorted()
                    .toList();
            return "Of " + expected.size() + " event loops these have not answered at " + target + ": " + silent;
        }
    }
}
