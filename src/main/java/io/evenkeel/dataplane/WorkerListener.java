package io.evenkeel.dataplane;

import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import java.util.UUID;

/**
 * Hears what a worker sees by itself. Called on the worker's control thread, so that pushes wait meanwhile: must
 * return soon. What {@link Worker#apply} answers is not told again.
 */
public interface WorkerListener {

    /** A member's state changed, or its reason. */
    void onHealthChanged(MemberHealth health);

    /** A listener does not serve, for this reason now. */
    void onProblem(UUID loadBalancerId, ApplyOutcome.Problem problem);

    /** A listener that had a problem serves. */
    void onServing(UUID loadBalancerId, UUID listenerId);
}
