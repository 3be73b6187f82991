package io.evenkeel.distribution.judging;

import io.evenkeel.pool.spec.Algorithm;
import java.util.List;

/**
 * What a window holds of a pool.
 *
 * @param clients how many different clients came; an estimate, 0 when nobody knows
 * @param sessions how many different sticky sessions; an estimate
 * @param counters how many counted apart from each other: workers times listeners; what members were to get is known to
 *     one pick of each
 * @param members those of now, and who had traffic in the window and is none any more
 */
public record PoolFigures(
        Algorithm algorithm, double clients, double sessions, int counters, List<MemberFigures> members) {

    public PoolFigures {
        members = List.copyOf(members);
    }
}
