package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.Algorithm;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pickers of one pool, one for each loop. Every loop starts at its own phase, drawn anew for each build, so
 * that neither a start nor a change sends all loops to the same member. To be used by one thread at a time.
 */
public final class PickerFactory {

    private final int loops;
    private final SplittableRandom random;
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
        return switch (algorithm) {
            case ROUND_ROBIN -> {
                long seed = random.nextLong();
                yield eachLoop(phase -> new RoundRobinPicker(candidates, phase, seed));
            }
            case LEAST_CONNECTIONS -> eachLoop(phase -> new LeastConnectionsPicker(candidates, phase));
            case SOURCE_IP -> {
                var table = tableFor(candidates);
                yield eachLoop(phase -> new SourceIpPicker(table, candidates));
            }
            case QUIC_CID -> throw new IllegalArgumentException("no picker for " + algorithm);
        };
    }

    private List<Picker> eachLoop(DoubleFunction<Picker> picker) {
        double base = random.nextDouble();
        return IntStream.range(0, loops)
                .mapToObj(loop -> picker.apply((base + (double) loop / loops) % 1))
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
