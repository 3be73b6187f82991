package io.evenkeel.dataplane.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weighted least connections in O(log n). Nobody is picked who has as many connections for its weight already as another
 * would have with one more; among the others goes on who is next by weighted round robin. So where few are under way
 * members get requests by their weights (nginx does likewise where none is; by (active + 1) / weight alone nearly all
 * would go to the heaviest, by active / weight too many to the lightest), and where many are, connections are held by
 * their weights.
 *
 * <p>Who would have the fewest is on top of an indexed 4-ary heap on (active + 1) / weight, equal ones in the order in
 * which this loop picked them last. What other loops changed is seen when it comes to the top, and otherwise by looking
 * at {@value #REFRESHED_PER_PICK} members per pick in turn.
 */
final class LeastConnectionsPicker implements Picker {

    private static final int REFRESHED_PER_PICK = 2;
    private static final int FRESH_TOP_TRIES = 4;
    /** So many of the round are asked whether they have few enough, before who would have the fewest is taken. */
    private static final int ASKED_OF_ROUND = 2;
    /** Fractions a/v and b/w with weights up to 100 differ by 1/10,000 or not at all: 14 bits tell them apart. */
    private static final int LOAD_FRACTION_BITS = 14;

    private static final int MAX_ACTIVE = 1 << 22;
    private static final long MAX_LOAD = 1L << 36;
    static final int TURN_BITS = 26;

    private final int[] weights;
    private final int scale;
    private final ActiveCount[] counts;
    private final int[] members;
    /** By candidate: the count its key was made from, and the turn of its last pick. */
    private final int[] seen;

    private final int[] turns;
    /** By candidate: connections that a newcomer is held to have besides its own. */
    private final int[] handicaps;

    private final IndexedHeap heap;
    private final RoundRobinPicker round;

    private int lastTurn;
    private int nextRefreshed;
    private final long totalWeight;
    private int handicapped;
    private int picksOfRound;

    /** @param phase 0 up to, not including, 1: which of equal members this loop takes first */
    LeastConnectionsPicker(List<Candidate> candidates, double phase, RoundRobinPicker round) {
        this(candidates, phase, round, new int[candidates.size()]);
    }

    /**
     * @param round over the same candidates, for this picker alone
     * @param handicaps by candidate: how many connections too few a newcomer has to be as loaded as the others. It
     *     counts as if it had them, one less each round, so that it takes about twice its share until it has caught up,
     *     and not everything
     */
    LeastConnectionsPicker(List<Candidate> candidates, double phase, RoundRobinPicker round, int[] handicaps) {
        this.round = round;
        this.handicaps = handicaps.clone();
        var relative = Weights.of(candidates);
        weights = relative.values();
        scale = relative.scale();
        counts = candidates.stream().map(Candidate::active).toArray(ActiveCount[]::new);
        members = IntStream.range(0, candidates.size())
                .filter(i -> candidates.get(i).takesNew())
                .toArray();
        totalWeight = IntStream.of(members).mapToLong(member -> weights[member]).sum();
        seen = new int[weights.length];
        turns = new int[weights.length];
        heap = new IndexedHeap(weights.length);
        int first = (int) (phase * members.length);
        for (int i = 0; i < members.length; i++) {
            int member = members[(first + i) % members.length];
            turns[member] = nextTurn();
            seen[member] = counts[member].get();
            heap.add(member, keyOf(member));
            handicapped += handicaps[member] > 0 ? 1 : 0;
        }
    }

    /** What is left of a candidate's handicap. May be read while the loop goes on picking. */
    int handicap(int index) {
        return handicaps[index];
    }

    /** May be read while the loop goes on picking. */
    RoundRobinPicker round() {
        return round;
    }

    @Override
    public int pick(long clientKey) {
        if (members.length == 0) {
            return NONE;
        }
        refreshInTurn();
        return take(nextOfRound(freshTop()));
    }

    private int nextOfRound(int least) {
        for (int i = 0; i < ASKED_OF_ROUND; i++) {
            int next = round.pick(0);
            if (hasFewerThan(next, least)) {
                return next;
            }
        }
        return least;
    }

    /** Whether it has fewer for its weight than that one would have with one more. */
    private boolean hasFewerThan(int member, int least) {
        return active(member, counts[member].get()) * weights[least]
                < (active(least, seen[least]) + 1) * weights[member];
    }

    @Override
    public int pickOther(long clientKey, int... failed) {
        if (members.length == 0) {
            return NONE;
        }
        refreshInTurn();
        int chosen = freshTop();
        if (Excluded.contains(failed, chosen)) {
            chosen = heap.topExcept(failed);
        }
        return chosen == NONE ? NONE : take(chosen);
    }

    private int take(int chosen) {
        turns[chosen] = nextTurn();
        if (handicapped > 0) {
            easeHandicaps();
        }
        return chosen;
    }

    /** A round is as many picks as there are members: it brings a newcomer nearer to the others by its share of them. */
    private void easeHandicaps() {
        if (++picksOfRound < members.length) {
            return;
        }
        picksOfRound = 0;
        handicapped = 0;
        for (int member : members) {
            if (handicaps[member] > 0) {
                handicaps[member] = Math.max(0, handicaps[member] - shareOfRound(member));
                heap.change(member, keyOf(member));
                handicapped += handicaps[member] > 0 ? 1 : 0;
            }
        }
    }

    private int shareOfRound(int member) {
        return (int) Math.max(1, (long) weights[member] * members.length / totalWeight);
    }

    @Override
    public void activeChanged(int index) {
        if (heap.contains(index)) {
            seen[index] = counts[index].get();
            heap.change(index, keyOf(index));
        }
    }

    private void refreshInTurn() {
        for (int i = 0; i < REFRESHED_PER_PICK; i++) {
            refresh(members[nextRefreshed]);
            nextRefreshed = nextRefreshed + 1 == members.length ? 0 : nextRefreshed + 1;
        }
    }

    private int freshTop() {
        for (int tries = 0; tries < FRESH_TOP_TRIES && refresh(heap.top()); tries++) {
            // The new top may be out of date as well.
        }
        return heap.top();
    }

    private boolean refresh(int member) {
        if (counts[member].get() == seen[member]) {
            return false;
        }
        activeChanged(member);
        return true;
    }

    private long keyOf(int member) {
        long withOneMore = active(member, seen[member]) + 1;
        long load = Math.min(MAX_LOAD, (withOneMore << LOAD_FRACTION_BITS) * scale / weights[member]);
        return (load << TURN_BITS) | turns[member];
    }

    private long active(int member, int counted) {
        return Math.clamp((long) counted + handicaps[member], 0, MAX_ACTIVE);
    }

    private int nextTurn() {
        if (++lastTurn == 1 << TURN_BITS) {
            forgetTurns();
        }
        return lastTurn;
    }

    private void forgetTurns() {
        Arrays.fill(turns, 0);
        lastTurn = 1;
        for (int member : members) {
            heap.change(member, keyOf(member));
        }
    }
}
