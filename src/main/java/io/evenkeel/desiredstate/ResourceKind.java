package io.evenkeel.desiredstate;

/** The two kinds of resource that have a generation. The names are stored in the database. */
public enum ResourceKind {
    LOAD_BALANCER,
    POOL
}
