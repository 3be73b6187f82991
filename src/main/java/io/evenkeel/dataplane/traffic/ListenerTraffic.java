package io.evenkeel.dataplane.traffic;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import java.util.IdentityHashMap;
import java.util.UUID;

/** Where a listener's proxy counts. To be called on an event loop, with that loop's index. */
public final class ListenerTraffic {

    private static final int FIRST_PURGE = 64;

    private final Traffic traffic;
    private final UUID loadBalancerId;
    private final UUID listenerId;
    private final Side[] sides;

    /** What one loop knows: the cells of the members it met. */
    private static final class Side {
        private final TrafficCell own;
        private final IdentityHashMap<Member, TrafficCell> members = new IdentityHashMap<>();
        private int purgeAt = FIRST_PURGE;

        Side(TrafficCell own) {
            this.own = own;
        }
    }

    ListenerTraffic(Traffic traffic, UUID loadBalancerId, UUID listenerId, int loops) {
        this.traffic = traffic;
        this.loadBalancerId = loadBalancerId;
        this.listenerId = listenerId;
        this.sides = new Side[loops];
        var own = TrafficKey.ofListener(loadBalancerId, listenerId);
        for (int loop = 0; loop < loops; loop++) {
            sides[loop] = new Side(traffic.kept(own, loop));
        }
    }

    /** How many loops count here. */
    public int loops() {
        return sides.length;
    }

    /** For what concerns no member. */
    public TrafficCell own(int loop) {
        return sides[loop].own;
    }

    /** For a pick of that member, which is to be asked for once for each pick. */
    public TrafficCell at(int loop, MemberPool pool, Member member) {
        var side = sides[loop];
        var cell = side.members.get(member);
        if (cell == null || cell.isRetired()) {
            purge(side, loop);
            cell = traffic.cell(new TrafficKey(loadBalancerId, listenerId, pool.id(), member.id()), loop);
            side.members.put(member, cell);
        }
        cell.planned(pool.shares());
        return cell;
    }

    /** Members that left are let go, seldom enough to cost nothing. */
    private static void purge(Side side, int loop) {
        if (side.members.size() >= side.purgeAt) {
            side.members.keySet().removeIf(member -> !member.takesNew(loop));
            side.purgeAt = Math.max(FIRST_PURGE, 2 * side.members.size());
        }
    }
}
