package io.evenkeel.agentsync.plan;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a write would change, in the order of the ids; what stays the same is left out. */
record WritePlan(List<ListenerChange> listeners, List<MemberChange> members) {

    /**
     * @param change "added", "changed" or "removed"
     */
    record ListenerChange(UUID id, UUID loadbalancerId, String change) {}

    /**
     * A member whose configuration or share changes.
     *
     * @param change as above, or "share" when only its share changes
     */
    record MemberChange(UUID id, UUID poolId, String address, int protocolPort, String change, Share expectedShare) {}

    /**
     * The part of the pool's requests that a member is to get, 0..1 with four decimals: its weight among the members
     * that may take requests; null where it is no member. Members that are OFFLINE count 0, new ones as if their first
     * check were good.
     */
    record Share(@Nullable Double before, @Nullable Double after) {}
}
