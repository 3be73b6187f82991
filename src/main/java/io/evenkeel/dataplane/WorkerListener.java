package io.evenkeel.dataplane;

import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import java.time.Instant;
import java.util.Map;
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

    /**
     * Of other pools than before, or for other reasons, others take traffic than those who are there for it.
     *
     * @param byPool all such pools, as it is now
     */
    default void onStandIns(Map<UUID, StandIn> byPool) {}

    /**
     * Other members of a pool leave to a limit than before, or to another one.
     *
     * @param byMember all that do, as it is now
     */
    default void onLeaving(UUID poolId, Map<UUID, Leaving> byMember) {}

    /**
     * Every event loop has shown that it serves this generation, or a later one: a load balancer at its ports, a pool at
     * a port that leads to it, if one does.
     */
    default void onProved(ResourceKind kind, UUID id, long generation) {}

    /** Not every event loop has shown it, for a reason for people to read; they are asked again. */
    default void onUnproved(ResourceKind kind, UUID id, long generation, String why) {}

    /** A member that gets nothing new: since when, and when what is still under way at it ends at the latest. */
    record Leaving(Instant since, Instant until) {}
}
