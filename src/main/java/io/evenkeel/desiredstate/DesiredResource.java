package io.evenkeel.desiredstate;

import java.util.UUID;

/** A resource as it should be served, always whole. */
public sealed interface DesiredResource permits DesiredLoadBalancer, DesiredPool {

    UUID id();

    /** Grows with every accepted change; comparable only within one epoch. */
    long generation();

    ResourceKind kind();
}
