package io.evenkeel.dataplane;

/** What a crowd in a process of its own does to a worker. */
sealed interface HostileAttack permits HostilePlan, HostileFlood {

    String name();

    /** Whose {@code main} takes address, port and name; attacks after a line of input, falls silent after the next. */
    Class<?> process();

    int port();

    /** A part of the time of a phase that is enough for it. */
    int timeDivisor();
}
