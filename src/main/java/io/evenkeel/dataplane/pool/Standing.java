package io.evenkeel.dataplane.pool;

/** What a member is to a loop. */
enum Standing {
    TAKES_NEW,
    /** Nothing new; what is under way lives on. */
    LEFT,
    /** Its server was stopped: nothing lives on. */
    CUT
}
