package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.Algorithm;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pickers of one pool, one for each loop. Every loop starts at its own phase, drawn at random, so that a
 * start does not send all loops to the same member; after a change each goes on where it was. To be used by one thread
 * at a time.
 */
public final class PickerFactory {

    private final int loops;
    private final SplittableRandom random;
    private Predecessors last = Predecessors.NONE;
    private @Nullable TableFor lastTable;

    public PickerFactory(int loops, long seed) {
        this.loops = loops;
        this.random = new SplittableRandom(seed);
    }

    /**
     * The pickers by loop index.
     *
     * @throws IllegalArgumentException when this algorithm is not served, or not for that many candidates
     */
    public List<Picker> build(Algorithm algorithm, List<Candidate> candidates) {
        var built = switch (algorithm) {
            case ROUND_ROBIN -> roundRobin(candidates);
            case LEAST_CONNECTIONS -> leastConnections(candidates);
            case SOURCE_IP -> {
                var table = tableFor(candidates);
                yield eachLoop((_, _) -> new SourceIpPicker(table, candidates));
            }
            case QUIC_CID -> throw new IllegalArgumentException("no picker for " + algorithm);
        };
        last = new Predecessors(algorithm, candidates, built);
        return built;
    }

    private List<Picker> roundRobin(List<Candidate> candidates) {
        long seed = random.nextLong();
        if (!last.areOf(Algorithm.ROUND_ROBIN)) {
            return eachLoop((_, phase) -> new RoundRobinPicker(candidates, phase, seed));
        }
        int[] where = last.where(candidates);
        return eachLoop((loop, phase) ->
                new RoundRobinPicker(candidates, phase, seed, (RoundRobinPicker) last.picker(loop), where));
    }

    private List<Picker> leastConnections(List<Candidate> candidates) {
        long seed = random.nextLong();
        if (!last.areOf(Algorithm.LEAST_CONNECTIONS)) {
            return eachLoop((_, phase) ->
                    new LeastConnectionsPicker(candidates, phase, new RoundRobinPicker(candidates, phase, seed)));
        }
        int[] where = last.where(candidates);
        return eachLoop((loop, phase) -> {
            var before = (LeastConnectionsPicker) last.picker(loop);
            var round = new RoundRobinPicker(candidates, phase, seed, before.round(), where);
            return new LeastConnectionsPicker(candidates, phase, round, last.handicaps(candidates, where, before));
        });
    }

    private interface OfLoop {
        Picker make(int loop, double phase);
    }

    private List<Picker> eachLoop(OfLoop picker) {
        double base = random.nextDouble();
        return IntStream.range(0, loops)
                .mapToObj(loop -> picker.make(loop, (base + (double) loop / loops) % 1))
                .toList();
    }

    private MaglevTable tableFor(List<Candidate> candidates) {
        var ids = candidates.stream().map(Candidate::id).toList();
        var members = IntStream.range(0, candidates.size())
                .filter(i -> candidates.get(i).weight() > 0)
                .boxed()
                .toList();
        var last = lastTable;
        if (last == null || !last.ids.equals(ids) || !last.members.equals(members)) {
            int[] indexes = members.stream().mapToInt(Integer::intValue).toArray();
            last = new TableFor(ids, members, new MaglevTable(ids, indexes));
            lastTable = last;
        }
        return last.table;
    }

    /** Flaps of health leave ids and members as they are, and with them the table. */
    private record TableFor(List<UUID> ids, List<Integer> members, MaglevTable table) {}
}
