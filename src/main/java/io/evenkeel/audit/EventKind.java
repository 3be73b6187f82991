package io.evenkeel.audit;

/** What can happen of itself. The names are stored and shown. */
public enum EventKind {
    /** A member answers its checks again, or for the first time. */
    MEMBER_ONLINE,
    /** No worker sees the member healthy any more, or its server does not run. */
    MEMBER_OFFLINE,
    /** An availability zone of a load balancer, or one that a pool serves, has a working backend again. */
    AZ_COVERED,
    /** An availability zone of a load balancer, or one that a pool serves, lost its last working backend. */
    AZ_UNCOVERED,
    /** A worker holds a resource, or a part of it, that it does not serve. */
    REJECTED,
    /** Every worker serves the resource again. */
    APPLIED,
    /** A certificate runs out in so many days. */
    CERTIFICATE_EXPIRES,
    /** At a worker, others of a pool take traffic than those who are there for it. */
    STAND_IN_BEGAN,
    /** Those who are there for it take the traffic again, or somebody else stands in for another reason. */
    STAND_IN_ENDED,
    /** A worker has not been heard for a minute; what it said is forgotten, and others serve its share. */
    WORKER_GONE
}
