package io.evenkeel.member.store;

import io.evenkeel.inventory.ServersChanged;
import io.evenkeel.pool.Pools;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A change of a server is a change of every pool it serves in: advanced in the same transaction, in order. */
@Component
class ServerFollower {

    private final MemberStore store;
    private final Pools pools;

    ServerFollower(MemberStore store, Pools pools) {
        this.store = store;
        this.pools = pools;
    }

    @EventListener
    void follow(ServersChanged change) {
        store.poolsOn(change.projectId(), change.serverIds())
                .forEach(poolId -> pools.advance(change.projectId(), poolId));
    }
}
