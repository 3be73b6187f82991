package io.evenkeel.status.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker counted of one listener, pool and member within a bucket. Its names in snake case are the columns.
 *
 * @param poolId null for what concerned none
 * @param memberId null likewise, and for the sum of members without traffic for long
 * @param timeMicros the longest response time that each bucket of the histogram holds, ascending; empty buckets are not
 *     there
 * @param timeCounts how many responses each of them holds
 * @param clientSketch how many different clients came to the pool, where no member is named: the registers of a
 *     HyperLogLog that hold something, each {@code index * 64 + rank}, ascending
 * @param sessionSketch how many different sticky sessions, likewise
 */
public record TrafficRow(
        UUID loadBalancerId,
        UUID listenerId,
        @Nullable UUID poolId,
        @Nullable UUID memberId,
        @JsonUnwrapped Counts counts,
        List<Long> timeMicros,
        List<Long> timeCounts,
        List<Integer> clientSketch,
        List<Integer> sessionSketch) {

    public TrafficRow {
        timeMicros = List.copyOf(timeMicros);
        timeCounts = List.copyOf(timeCounts);
        clientSketch = List.copyOf(clientSketch);
        sessionSketch = List.copyOf(sessionSketch);
    }

    /**
     * What came within the bucket.
     *
     * @param open connections of clients, at the bucket's end
     * @param active picks of the member under way, at the bucket's end
     * @param responseMicros the sum of the responses' times
     * @param dropped datagrams (UDP) that were thrown away
     * @param refusedIpGroup connections refused because of who the client is; the other two because of limits
     * @param stuck picks that stickiness decided
     * @param connected connections to the member that came about
     * @param configured picks that it was to get by the weights as they were, had all members been there
     * @param expected by the weights of those that were there
     * @param away of the configured ones, those that came while it was away
     */
    public record Counts(
            long accepted,
            long open,
            long picked,
            long active,
            @JsonProperty("responses_1xx") long responses1xx,
            @JsonProperty("responses_2xx") long responses2xx,
            @JsonProperty("responses_3xx") long responses3xx,
            @JsonProperty("responses_4xx") long responses4xx,
            @JsonProperty("responses_5xx") long responses5xx,
            long responseMicros,
            long bytesIn,
            long bytesOut,
            long connectFailures,
            long retries,
            long failures,
            long dropped,
            long refusedIpGroup,
            long refusedConnection,
            long refusedCps,
            long stuck,
            long connected,
            long configured,
            long expected,
            long away) {}
}
