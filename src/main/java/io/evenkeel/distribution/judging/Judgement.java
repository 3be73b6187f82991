package io.evenkeel.distribution.judging;

import java.util.List;
import java.util.UUID;

/**
 * What is to be said of a window.
 *
 * @param requests how even the requests were
 * @param open how even the picks under way were
 * @param shares by member, in the order of the figures
 * @param causes the one that explains most first; empty unless unbalanced
 */
public record Judgement(Verdict verdict, Evenness requests, Evenness open, List<Share> shares, List<Cause> causes) {

    public Judgement {
        shares = List.copyOf(shares);
        causes = List.copyOf(causes);
    }

    /**
     * Parts of 1.
     *
     * @param byWeight by the weights as they are now
     * @param expected by the weights as they were, of the members that were there, with slow start and zone affinity
     * @param requests that it got
     * @param connections under way that it had
     * @param availability the part of the requests it was configured for that came while it was there
     */
    public record Share(
            UUID memberId, double byWeight, double expected, double requests, double connections, double availability) {

        /** How many times its share by weight it got; not a number where it was to get nothing. */
        public double ratio() {
            return byWeight == 0 ? Double.NaN : requests / byWeight;
        }
    }
}
