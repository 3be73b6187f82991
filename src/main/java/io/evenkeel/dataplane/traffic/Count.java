package io.evenkeel.dataplane.traffic;

/**
 * What is counted. The counts of clients' connections and of answers of our own stand where no member is named; every
 * pick of a member ends as one of {@code RESPONSES_*} or the end of a session, {@link #FAILURES}, {@link #RETRIES}, or by
 * the client's leave or trouble of our own.
 */
public enum Count {
    /** Connections accepted from clients. */
    ACCEPTED,
    /** Connections of clients that are open now. */
    OPEN,
    /** Requests (HTTP), connections (TCP) or sessions (UDP) that the member was picked for. */
    PICKED,
    /** Those of them that are under way now. */
    ACTIVE,
    RESPONSES_1XX,
    RESPONSES_2XX,
    RESPONSES_3XX,
    RESPONSES_4XX,
    RESPONSES_5XX,
    /** Microseconds, from the end of each request's head to the end of its response, in all. */
    RESPONSE_MICROS,
    /** Bytes received from clients, heads of requests included. */
    BYTES_IN,
    /** Bytes received from the member, heads of responses included. */
    BYTES_OUT,
    /** Of the picks, those that stickiness decided and not the algorithm: {@link TrafficCell#stuck}. */
    STUCK,
    /** Connections to the member (TCP, HTTP) that came about. */
    CONNECTED,
    /**
     * How many of its listener's picks from the pool the member was to get by the weights as they were, had every member
     * been there. Like the next two reckoned, not counted: in whole picks, by {@link Traffic#takePeriod}.
     */
    CONFIGURED,
    /** How many it was to get by the weights of the members that were there, itself included. */
    EXPECTED,
    /** Of {@link #CONFIGURED}, those that came while it was not available. */
    AWAY,
    /** Attempts to connect to the member that failed. */
    CONNECT_FAILURES,
    /** Picks that went on to another member because this one could not be reached or lost the request. */
    RETRIES,
    /** Picks that failed and did not go on to another member, because too many others were doing so. */
    RETRIES_DENIED,
    /** Picks that the member did not bring to an end, and nobody else either. */
    FAILURES,
    /** Handshakes of TLS clients that were completed anew. */
    TLS_FULL,
    /** Handshakes of TLS clients that went on with an earlier session. */
    TLS_RESUMED,
    /** Handshakes of TLS clients that were not completed, whoever ended them. */
    TLS_FAILED,
    /** HTTP/2: connections that were ended because their client asked for too much that leads to nothing. */
    HTTP2_CALMED,
    /** UDP: datagrams that were thrown away, for want of a member, of room for a session or in a socket's buffer. */
    DROPPED,
    /**
     * Connections that were refused because of who the client is: UDP datagrams that would have begun a session alike,
     * and connections and sessions that were ended because their client may no longer come.
     */
    REFUSED_IP_GROUP,
    /** Connections, or such datagrams, that were one too many at a time. */
    REFUSED_CONNECTION,
    /** Connections, or such datagrams, that were one too many in a second. */
    REFUSED_CPS;

    private static final Count[] RESPONSES = {RESPONSES_1XX, RESPONSES_2XX, RESPONSES_3XX, RESPONSES_4XX, RESPONSES_5XX
    };

    static final int SIZE = values().length;

    /** Where it stands in a block of counts, which lives no longer than this process. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    /** @param status of a response, 100 to 999; what is above 599 counts as 5xx */
    public static Count ofStatus(int status) {
        return RESPONSES[Math.min(status / 100, RESPONSES.length) - 1];
    }
}
