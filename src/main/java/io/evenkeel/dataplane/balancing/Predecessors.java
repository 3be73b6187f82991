package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.Algorithm;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * The pickers that were built last and are still at work while their successors are built from them, so that a change
 * begins no new cycle and floods nobody.
 */
record Predecessors(Algorithm algorithm, List<Candidate> candidates, List<Picker> pickers) {

    Predecessors {
        candidates = List.copyOf(candidates);
    }

    static final Predecessors NONE = new Predecessors(Algorithm.ROUND_ROBIN, List.of(), List.of());

    /** Whether there is something to go on from. */
    boolean areOf(Algorithm next) {
        return algorithm == next && candidates.stream().anyMatch(Candidate::takesNew);
    }

    Picker picker(int loop) {
        return pickers.get(loop);
    }

    /** By index in the new list: the index in the old one, or {@link Picker#NONE}. */
    int[] where(List<Candidate> next) {
        var indexes = new HashMap<UUID, Integer>();
        for (int i = 0; i < candidates.size(); i++) {
            indexes.put(candidates.get(i).id(), i);
        }
        return next.stream()
                .mapToInt(candidate -> indexes.getOrDefault(candidate.id(), Picker.NONE))
                .toArray();
    }

    /**
     * By index in the new list: how many connections each lacks to be as loaded as those that took connections before.
     * Only for those that begin to take them, count with more of their weight than before, or have not caught up on that
     * loop yet.
     */
    int[] handicaps(List<Candidate> next, int[] where, LeastConnectionsPicker before) {
        double mean = meanLoad();
        var handicaps = new int[next.size()];
        Arrays.setAll(handicaps, i -> {
            var candidate = next.get(i);
            boolean isNew = where[i] == Picker.NONE || !candidates.get(where[i]).takesNew();
            int lacking = (int) (mean * candidate.pull()) - candidate.active().get();
            return !candidate.takesNew()
                    ? 0
                    : isNew
                            ? Math.max(0, lacking)
                            : before.handicap(where[i]) + rise(candidates.get(where[i]), candidate, mean);
        });
        return handicaps;
    }

    /** What a member lacks because more of its weight counts than before. */
    private static int rise(Candidate was, Candidate is, double mean) {
        boolean isRising = was.isEasedIn() && is.share() > was.share();
        return isRising ? (int) (mean * (is.pull() - is.pull() * was.share() / is.share())) : 0;
    }

    /** Of those that count with their whole weight, if there is one: who is eased in has less than it will. */
    private double meanLoad() {
        boolean isAnyWhole = candidates.stream().anyMatch(one -> one.takesNew() && !one.isEasedIn());
        long active = 0;
        double pull = 0;
        for (var candidate : candidates) {
            if (candidate.takesNew() && !(isAnyWhole && candidate.isEasedIn())) {
                active += candidate.active().get();
                pull += candidate.pull();
            }
        }
        return active / pull;
    }
}
