package io.evenkeel.dataplane.pool.eligible;

/** What is known of a member's health. */
public enum Health {
    /** It passes its checks, or needs none. */
    WELL,
    FAILING,
    /** Its first check has not ended. */
    UNCHECKED
}
