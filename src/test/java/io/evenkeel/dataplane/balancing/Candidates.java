package io.evenkeel.dataplane.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Candidates for tests. */
final class Candidates {

    private Candidates() {}

    static List<Candidate> weighing(int... weights) {
        var candidates = new ArrayList<Candidate>();
        for (int weight : weights) {
            candidates.add(new Candidate(id(candidates.size()), weight, true, new ActiveCount()));
        }
        return candidates;
    }

    static int[] randomWeights(RandomGenerator random, int count) {
        return random.ints(count, 1, 101).toArray();
    }

    static UUID id(int number) {
        return new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L | number);
    }

    static Candidate away(Candidate candidate) {
        return new Candidate(candidate.id(), candidate.weight(), false, candidate.active());
    }

    static Candidate weighing(Candidate candidate, int weight) {
        return new Candidate(candidate.id(), weight, candidate.isAvailable(), candidate.active());
    }

    /** In parts of {@link io.evenkeel.desiredstate.DesiredPool.SlowStart#WHOLE}. */
    static Candidate easedIn(Candidate candidate, int share) {
        return new Candidate(candidate.id(), candidate.weight(), candidate.isAvailable(), candidate.active(), share);
    }
}
