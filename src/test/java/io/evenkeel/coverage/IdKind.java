package io.evenkeel.coverage;

import java.util.EnumSet;
import java.util.Set;

/** What an id can be the id of. */
enum IdKind {
    LOAD_BALANCER,
    LISTENER,
    POOL,
    STANDBY_POOL,
    MEMBER,
    MONITOR,
    POLICY,
    RULE,
    CERTIFICATE,
    SECURITY_POLICY,
    IP_GROUP,
    LOGTANK,
    VPC,
    SUBNET,
    SERVER,
    PORT,
    JOB,
    CHECK_JOB,
    AUDIT_RECORD,
    REQUEST,
    EVENT,
    FLAVOR,
    PROJECT,
    TOKEN,
    ACCESS_KEY;

    /** What those may be that a place takes, most often one. */
    static final Set<IdKind> ANY_POOL = EnumSet.of(POOL, STANDBY_POOL);

    /** Of a resource that something was written about, whether or not it is still there. */
    static final Set<IdKind> ANY_RESOURCE = EnumSet.complementOf(EnumSet.of(FLAVOR));
}
