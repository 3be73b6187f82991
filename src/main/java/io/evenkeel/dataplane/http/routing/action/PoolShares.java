package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pools that take requests in proportion to their weights: in turn, each as evenly spread as can be (the smooth weighted
 * round robin of nginx, laid out once). Each loop goes through the turns by itself, from another place.
 */
final class PoolShares {

    static final int NOBODY = -1;

    /** Cursors of two loops lie so far apart that neither slows the other down. */
    private static final int STRIDE = 16;

    private final @Nullable MemberPool[] pools;
    private final int[] weights;
    private final int[] turns;
    private final int[] cursors;

    PoolShares(List<Share> shares, Function<UUID, @Nullable MemberPool> pools, int loops) {
        this.pools = new @Nullable MemberPool[shares.size()];
        for (int place = 0; place < shares.size(); place++) {
            this.pools[place] = pools.apply(shares.get(place).poolId());
        }
        weights = shares.stream().mapToInt(Share::weight).toArray();
        turns = turns(weights);
        cursors = new int[loops * STRIDE];
        for (int loop = 0; loop < loops && turns.length > 0; loop++) {
            cursors[loop * STRIDE] = loop * turns.length / loops;
        }
    }

    private static int[] turns(int[] weights) {
        int total = Arrays.stream(weights).sum();
        int divisor = Arrays.stream(weights).reduce(total, PoolShares::divisor);
        var turns = new int[total == 0 ? 0 : total / divisor];
        var credits = new int[weights.length];
        for (int turn = 0; turn < turns.length; turn++) {
            int best = 0;
            for (int i = 0; i < credits.length; i++) {
                credits[i] += weights[i];
                best = credits[i] > credits[best] ? i : best;
            }
            credits[best] -= total;
            turns[turn] = best;
        }
        return turns;
    }

    private static int divisor(int one, int other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    /** The place in the list of the pool whose turn it is; {@link #NOBODY} where nobody has a weight. */
    int next(int loop) {
        if (turns.length <= 1) {
            return turns.length == 0 ? NOBODY : turns[0];
        }
        int cursor = cursors[loop * STRIDE];
        cursors[loop * STRIDE] = cursor + 1 == turns.length ? 0 : cursor + 1;
        return turns[cursor];
    }

    /** The pool at that place; null for {@link #NOBODY}, and where it is not held. */
    @Nullable
    MemberPool at(int place) {
        return place == NOBODY ? null : pools[place];
    }

    /** Whether that pool takes clients that do not belong to it yet. */
    boolean takesNew(int place) {
        return weights[place] > 0;
    }
}
