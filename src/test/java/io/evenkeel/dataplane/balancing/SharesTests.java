package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.balancing.Shares.Share;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTests {

    private static final List<Candidate> CANDIDATES =
            List.of(candidate(1, 30, true), candidate(2, 10, false), candidate(3, 0, true), candidate(4, 10, true));

    /** The third could, but has no weight; the second does not answer. */
    private static final Set<UUID> PRESENT = Set.of(new UUID(0, 1), new UUID(0, 3), new UUID(0, 4));

    private static Candidate candidate(int id, int weight, boolean isAvailable) {
        return new Candidate(new UUID(0, id), weight, isAvailable, new ActiveCount());
    }

    private static List<Share> shares(Algorithm algorithm) {
        return new Shares(algorithm, CANDIDATES, PRESENT).list();
    }

    @Test
    void followTheWeightsOfAllAndOfThoseThatAreThere() {
        var shares = shares(Algorithm.ROUND_ROBIN);

        assertThat(shares).extracting(Share::configured).containsExactly(0.6, 0.2, 0.0, 0.2);
        assertThat(shares).extracting(Share::expected).containsExactly(0.75, 0.0, 0.0, 0.25);
        assertThat(shares).extracting(Share::isPresent).containsExactly(true, false, true, true);
    }

    @Test
    void areEqualWhereTheClientDecides() {
        var shares = shares(Algorithm.SOURCE_IP);

        assertThat(shares).extracting(Share::configured).containsExactly(1 / 3.0, 1 / 3.0, 0.0, 1 / 3.0);
        assertThat(shares).extracting(Share::expected).containsExactly(0.5, 0.0, 0.0, 0.5);
    }

    @Test
    void countWhoIsEasedInWithAPartOfItsWeightAndWhoLetsOthersGoFirstAsPresent() {
        var easedIn = new Candidate(new UUID(0, 1), 10, true, new ActiveCount(), SlowStart.WHOLE / 2);
        var candidates = List.of(easedIn, candidate(2, 10, true), candidate(3, 20, false));

        var shares = new Shares(
                        Algorithm.ROUND_ROBIN, candidates, Set.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3)))
                .list();

        assertThat(shares).extracting(Share::configured).containsExactly(0.25, 0.25, 0.5);
        assertThat(shares).extracting(Share::expected).containsExactly(5 / 15.0, 10 / 15.0, 0.0);
        assertThat(shares).extracting(Share::isPresent).containsOnly(true);
    }

    @Test
    void areNobodysWhereNobodyIs() {
        assertThat(new Shares(Algorithm.ROUND_ROBIN, List.of(candidate(1, 5, false)), Set.of()).list())
                .containsExactly(new Share(new UUID(0, 1), 1, 0, false));
        assertThat(new Shares(Algorithm.ROUND_ROBIN, List.of(), Set.of()).list())
                .isEmpty();
    }
}
