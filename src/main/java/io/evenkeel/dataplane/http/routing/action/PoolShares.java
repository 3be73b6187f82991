package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pools that take requests in proportion to their weights: in turn, each as evenly spread as can be (the smooth weighted
 * round robin of nginx, laid out once). Each loop goes through the turns by itself, from another place.
 */
final class PoolShares {

    /** Cursors of two loops lie so far apart that neither slows the other down. */
    private static final int STRIDE = 16;

    private final @Nullable MemberPool[] turns;
    private final int[] cursors;

    PoolShares(List<Share> shares, Function<UUID, @Nullable MemberPool> pools, int loops) {
        var counted = shares.stream().filter(share -> share.weight() > 0).toList();
        turns = turns(counted, pools);
        cursors = new int[loops * STRIDE];
        for (int loop = 0; loop < loops && turns.length > 0; loop++) {
            cursors[loop * STRIDE] = loop * turns.length / loops;
        }
    }

    private static @Nullable MemberPool[] turns(List<Share> shares, Function<UUID, @Nullable MemberPool> pools) {
        int total = shares.stream().mapToInt(Share::weight).sum();
        int divisor = shares.stream().mapToInt(Share::weight).reduce(total, PoolShares::divisor);
        var turns = new @Nullable MemberPool[total == 0 ? 0 : total / divisor];
        var credits = new int[shares.size()];
        for (int turn = 0; turn < turns.length; turn++) {
            int best = 0;
            for (int i = 0; i < credits.length; i++) {
                credits[i] += shares.get(i).weight();
                best = credits[i] > credits[best] ? i : best;
            }
            credits[best] -= total;
            turns[turn] = pools.apply(shares.get(best).poolId());
        }
        return turns;
    }

    private static int divisor(int one, int other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    /** Null where nobody has a weight, or the pool is not held. */
    @Nullable
    MemberPool next(int loop) {
        if (turns.length <= 1) {
            return turns.length == 0 ? null : turns[0];
        }
        int cursor = cursors[loop * STRIDE];
        cursors[loop * STRIDE] = cursor + 1 == turns.length ? 0 : cursor + 1;
        return turns[cursor];
    }
}
