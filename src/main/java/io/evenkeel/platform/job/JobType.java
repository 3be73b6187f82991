package io.evenkeel.platform.job;

/** What a job did. The names are stored and on the wire. */
public enum JobType {
    BATCH_CREATE_LOADBALANCER,
    BATCH_DELETE_LOADBALANCER,
    BATCH_DELETE_LISTENER,
    CLONE_LOADBALANCER,
    CLONE_LISTENER
}
