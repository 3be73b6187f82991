package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** A real pool whose members, 0 to n - 1, exist in name only: for tests of who is picked. */
public final class SimulatedPool {

    private final PoolRuntime runtime;
    private final Algorithm algorithm;
    private final Set<UUID> away = new HashSet<>();
    private int[] weights;

    public SimulatedPool(Algorithm algorithm, int loops, int... weights) {
        this.algorithm = algorithm;
        this.weights = weights.clone();
        List<EventLoop> eventLoops = List.copyOf(ManualLoop.many(loops));
        runtime = new PoolRuntime(UUID.randomUUID(), eventLoops);
        update();
    }

    public MemberPool pool() {
        return runtime;
    }

    public static UUID id(int member) {
        return Pools.id(member + 1);
    }

    public void weigh(int... newWeights) {
        weights = newWeights.clone();
        update();
    }

    public void setAway(int member, boolean isAway) {
        if (isAway) {
            away.add(id(member));
        } else {
            away.remove(id(member));
        }
        update();
    }

    private void update() {
        var members = IntStream.range(0, weights.length)
                .mapToObj(i -> Pools.member(i + 1, weights[i]))
                .toArray(DesiredMember[]::new);
        runtime.update(Pools.pool(algorithm, true, members), Pools.well(id -> !away.contains(id)));
    }
}
