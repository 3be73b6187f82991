package io.evenkeel.agentsync;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.Push;
import java.util.Map;
import java.util.UUID;

/** The way to a worker, wherever it runs. */
interface WorkerLink {

    String workerId();

    /** Returns when the worker serves the push, or says why not. */
    ApplyOutcome push(Push push);

    /** What the worker holds: generation by id. */
    Map<UUID, Long> held(ResourceKind kind);

    /** Writes down everything as the worker sees it now: the health of each member, and what does not serve. */
    void reportObserved();
}
