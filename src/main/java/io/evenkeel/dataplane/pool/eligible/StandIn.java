package io.evenkeel.dataplane.pool.eligible;

/** Why others take traffic than those who are there for it. The names are stored and shown. */
public enum StandIn {
    /** None is healthy, and the pool is to send traffic to all of them then. */
    FAIL_OPEN,
    /** Too few in this worker's availability zone are healthy. */
    ZONE_FALLBACK,
    /** The master does not serve. */
    STANDBY
}
