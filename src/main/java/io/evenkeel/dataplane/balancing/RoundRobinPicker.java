package io.evenkeel.dataplane.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Weighted round robin in O(1): smooth weighted round robin over at most seven {@link WeightClass}es (weights 1..100,
 * or eleven while somebody is eased in), then the turn inside the class. Any run of sum(weights) picks holds each member exactly as often as its weight says.
 */
final class RoundRobinPicker implements Picker {

    private static final int MAX_PHASE = 4_096;
    private static final int TRIES_FOR_OTHER = 3;

    private final WeightClass[] classes;
    private final int[] shares;
    private final int[] credits;
    private final int total;
    private final int[] members;
    private final int size;

    private int nextOther;

    /**
     * @param phase 0 up to, not including, 1: where in its cycle this loop starts
     * @param seed the same on all loops: how the cycles of the classes lie to each other
     */
    RoundRobinPicker(List<Candidate> candidates, double phase, long seed) {
        this(candidates, phase, seed, WeightClass.Standing.NONE);
    }

    /** Goes on where another picker of this loop is; {@code where} says by index now who was where in its list. */
    RoundRobinPicker(List<Candidate> candidates, double phase, long seed, RoundRobinPicker before, int[] where) {
        this(candidates, phase, seed, before.standing().moved(where));
    }

    private RoundRobinPicker(List<Candidate> candidates, double phase, long seed, WeightClass.Standing before) {
        size = candidates.size();
        members = IntStream.range(0, candidates.size())
                .filter(i -> candidates.get(i).takesNew())
                .toArray();
        classes = classesOf(candidates, members, phase, seed, before);
        shares = new int[classes.length];
        for (int i = 0; i < classes.length; i++) {
            shares[i] = classes[i].sum();
        }
        total = IntStream.of(shares).sum();
        credits = new int[classes.length];
        if (before.isNone()) {
            advance((int) (phase * Math.min(total, MAX_PHASE)));
        } else {
            resume(before);
        }
    }

    private static WeightClass[] classesOf(
            List<Candidate> candidates, int[] members, double phase, long seed, WeightClass.Standing before) {
        var random = new SplittableRandom(seed);
        var byHighestBit = new TreeMap<Integer, List<WeightClass.Indexed>>();
        int[] weights = Weights.of(candidates).values();
        for (int i : members) {
            int weight = weights[i];
            byHighestBit
                    .computeIfAbsent(Integer.highestOneBit(weight), bit -> new ArrayList<>())
                    .add(new WeightClass.Indexed(i, weight));
        }
        return byHighestBit.values().stream()
                .map(inClass -> new WeightClass(inClass, (phase + random.nextDouble()) % 1, before))
                .toArray(WeightClass[]::new);
    }

    /** Credits are reached from zero, step by step: from others the first cycle need not be exact. */
    private void advance(int steps) {
        for (int i = 0; i < steps; i++) {
            nextClass();
        }
    }

    /** With other shares than before a cycle may be off by one for a class, which the next ones make up for. */
    private void resume(WeightClass.Standing before) {
        int sum = 0;
        int largest = 0;
        for (int i = 0; i < classes.length; i++) {
            credits[i] = (int) Math.round(classes[i].classShare(before) * total);
            sum += credits[i];
            largest = shares[i] > shares[largest] ? i : largest;
        }
        if (classes.length > 0) {
            credits[largest] -= sum;
        }
    }

    /** Read while the loop goes on picking: a pick made meanwhile may be forgotten, and no more than that. */
    private WeightClass.Standing standing() {
        var standing = new WeightClass.Standing(size);
        for (int i = 0; i < classes.length; i++) {
            classes[i].copyTo(standing, (double) credits[i] / total);
        }
        return standing;
    }

    @Override
    public int pick(long clientKey) {
        return total == 0 ? NONE : classes[nextClass()].next();
    }

    private int nextClass() {
        int chosen = 0;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < shares.length; i++) {
            int credit = credits[i] + shares[i];
            credits[i] = credit;
            if (credit > most) {
                most = credit;
                chosen = i;
            }
        }
        credits[chosen] -= total;
        return chosen;
    }

    @Override
    public int pickOther(long clientKey, int... failed) {
        for (int tries = 0; tries < TRIES_FOR_OTHER; tries++) {
            int picked = pick(clientKey);
            if (picked == NONE || !Excluded.contains(failed, picked)) {
                return picked;
            }
        }
        return otherInTurn(failed);
    }

    /** When the failed ones hold nearly all the weight: of one more neighbours than failed, one did not. */
    private int otherInTurn(int[] failed) {
        for (int tries = 0; tries <= failed.length; tries++) {
            nextOther = nextOther + 1 >= members.length ? 0 : nextOther + 1;
            if (!Excluded.contains(failed, members[nextOther])) {
                return members[nextOther];
            }
        }
        return NONE;
    }

    @Override
    public void activeChanged(int index) {
        // Turns do not depend on counts.
    }
}
