package io.evenkeel.desiredstate.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a policy does with a request. In texts with {@code ${…}} that part of the request stands for itself. */
public sealed interface DesiredAction {

    /**
     * Hands it to one of some pools.
     *
     * @param pools with their shares; where no weight is above 0, nobody answers
     * @param stickiness how a client stays at one of the pools, by a cookie
     * @param rewrite the URL that the member sees in place of the client's
     * @param fields of the request on its way to the member
     */
    record ToPools(
            List<Share> pools,
            Optional<Stickiness> stickiness,
            Optional<Rewrite> rewrite,
            DesiredFields fields,
            DesiredLimit limit,
            Optional<DesiredCors> cors)
            implements DesiredAction {

        public ToPools {
            pools = List.copyOf(pools);
        }
    }

    /**
     * Sends the client elsewhere.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param protocol {@code http}, {@code https} or {@code ${protocol}}
     * @param port 1..65535 or {@code ${port}}
     * @param fields of the answer
     */
    record Redirect(
            int status, String protocol, String host, String port, String path, String query, DesiredFields fields)
            implements DesiredAction {}

    /**
     * Answers without asking any member.
     *
     * @param fields of the answer
     */
    record Answer(int status, String contentType, String body, DesiredFields fields, DesiredLimit limit)
            implements DesiredAction {}

    /**
     * A client stays at the pool that it came to first.
     *
     * @param timeout how long after it was last seen
     * @param key what the policy's cookies are made with, hexadecimal, the same for all workers, secret
     */
    record Stickiness(Duration timeout, String key) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Stickiness[timeout=" + timeout + "]";
        }
    }

    /** @param weight 0..100 */
    record Share(UUID poolId, int weight) {}

    /** Texts with {@code ${host}}, {@code ${path}}, {@code ${query}}. */
    record Rewrite(String host, String path, String query) {}
}
