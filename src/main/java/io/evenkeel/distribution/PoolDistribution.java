package io.evenkeel.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.distribution.judging.CauseKind;
import io.evenkeel.distribution.judging.Verdict;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is told of how a pool's traffic was spread. Shares and probabilities are parts of 1.
 *
 * @param summary the verdict and its first cause in a sentence
 * @param requests requests (HTTP), connections (TCP) or sessions (UDP) that stayed with the member they were given to
 * @param connectionsOpen of these, under way, on average
 * @param distinctClients about how many clients came, told apart by IPv4 address or /64 of an IPv6 address
 * @param distinctSessions about how many sticky sessions
 * @param largestRatio of a member's share of requests to its share by weight; null when there were no requests
 * @param causes the one that explains most first; empty unless unbalanced
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PoolDistribution(
        UUID poolId,
        Verdict verdict,
        String summary,
        CoveredWindow window,
        long requests,
        double connectionsOpen,
        long distinctClients,
        long distinctSessions,
        @Nullable Double largestRatio,
        EvennessTest requestsTest,
        EvennessTest connectionsTest,
        List<DistributionCause> causes,
        List<MemberShare> members) {

    /**
     * The time and the workers that the answer really tells of.
     *
     * @param from begin of the first row of the pool's traffic in the window, null like {@code to} when there is none
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record CoveredWindow(
            String asked, @Nullable String from, @Nullable String to, long seconds, List<WorkerPart> workers) {}

    record WorkerPart(String workerId, long requests) {}

    /**
     * A G-test against the shares by weight.
     *
     * @param statistic G with Williams' correction
     * @param degreesOfFreedom 0 when there was too little to compare
     * @param probability that chance alone makes such a difference; our pickers spread more evenly than chance
     */
    record EvennessTest(double statistic, int degreesOfFreedom, double probability) {}

    /**
     * @param explained the part of the deviation that it makes; causes that lie in each other overlap
     */
    record DistributionCause(CauseKind code, double explained, String message, String advice) {}

    /**
     * @param memberId also of one that is no member any more, which has no address and weight 0
     * @param weightShare by the weights as they are now
     * @param expectedShare by the weights as they were, of the members that were there
     * @param ratio of its share of requests to its share by weight; null when that is 0
     * @param availability the part of the requests meant for it that came while it was there
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MemberShare(
            UUID memberId,
            @Nullable String name,
            @Nullable String address,
            @Nullable Integer protocolPort,
            @Nullable String availabilityZone,
            int weight,
            long requests,
            double weightShare,
            double expectedShare,
            double requestShare,
            @Nullable Double ratio,
            double connectionsOpen,
            double connectionShare,
            long stickyRequests,
            long retried,
            double availability,
            int outages) {}
}
