package io.evenkeel.dataplane.traffic;

import io.evenkeel.dataplane.balancing.Shares;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A listener's picks from a pool, over all loops. The loops write their cells; all else is for one reader. */
final class PoolCells {

    private static final int FEW = 64;

    private final TrafficKey key;
    private final PoolCell[] byLoop;
    private final Map<UUID, Plan> plans = new HashMap<>();
    private int unused;

    /** What a member was to get and is not counted yet: fractions of picks. */
    private static final class Plan {
        // Sums of fractions come out a little below the whole that they stand for.
        private static final double NOTHING = 1e-6;

        private double configured;
        private double expected;
        private double away;

        private void add(Shares.Share share, long picks) {
            configured += picks * share.configured();
            expected += picks * share.expected();
            away += share.isPresent() ? 0 : picks * share.configured();
        }

        private boolean hasWhole() {
            return Math.max(configured, expected) + NOTHING >= 1;
        }

        private boolean isNothing() {
            return Math.max(configured, expected) < NOTHING;
        }

        /** Whole picks alone, so that there are never more rows for them than picks. */
        private void moveTo(long[] counts) {
            configured -= move(configured, Count.CONFIGURED, counts);
            expected -= move(expected, Count.EXPECTED, counts);
            away -= move(away, Count.AWAY, counts);
        }

        private static long move(double amount, Count what, long[] counts) {
            long whole = (long) Math.floor(amount + NOTHING);
            counts[what.index()] += whole;
            return whole;
        }
    }

    PoolCells(TrafficKey key, int loops) {
        this.key = key;
        byLoop = new PoolCell[loops];
        for (int i = 0; i < loops; i++) {
            byLoop[i] = new PoolCell();
        }
    }

    TrafficKey key() {
        return key;
    }

    PoolCell at(int loop) {
        return byLoop[loop];
    }

    /**
     * Reckons what the members were to get of the picks since the last call.
     *
     * @param counts of a member, by {@link Count#index}, to which whole picks are added
     */
    void plan(Function<TrafficKey, long[]> counts) {
        for (var cell : byLoop) {
            cell.takePicks(this::plan);
        }
        plans.entrySet().removeIf(entry -> {
            var plan = entry.getValue();
            if (plan.hasWhole()) {
                plan.moveTo(counts.apply(key.ofMember(entry.getKey())));
            }
            return plan.isNothing();
        });
    }

    private void plan(Shares shares, long picks) {
        var list = shares.list();
        list.stream()
                .filter(share -> share.configured() > 0)
                .forEach(share -> plans.computeIfAbsent(share.memberId(), absent -> new Plan())
                        .add(share, picks));
        if (plans.size() > 2 * list.size() + FEW) {
            // Fractions of members that left.
            plans.keySet().retainAll(list.stream().map(Shares.Share::memberId).collect(Collectors.toSet()));
        }
    }

    /** Moves what the loops saw of clients and sessions since the last call. */
    void takeKeys(TrafficSample into) {
        for (var cell : byLoop) {
            cell.clients().takeInto(into.clientRegisters());
            cell.sessions().takeInto(into.sessionRegisters());
        }
    }

    /** Whether no member of it was counted for two periods: a loop may be about to meet the first. */
    boolean isGivenUp(boolean isUsed) {
        unused = isUsed ? 0 : unused + 1;
        return unused >= 2;
    }
}
