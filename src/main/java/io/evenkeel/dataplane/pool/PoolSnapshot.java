package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.balancing.Picker;
import io.evenkeel.dataplane.balancing.Shares;
import io.evenkeel.desiredstate.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One state of a pool: all configured members, and for each loop who of them takes the next request. */
final class PoolSnapshot {

    private final long generation;
    private final Algorithm algorithm;
    private final List<Candidate> candidates;
    private final MemberRuntime[] members;
    private final Picker[] pickers;
    private final Shares shares;
    private final Map<UUID, MemberRuntime> byId;
    private final Keeping keeping;
    private final boolean isServing;

    /**
     * @param generation of the configuration that it comes from
     * @param members in the order of the candidates
     */
    PoolSnapshot(
            long generation,
            Algorithm algorithm,
            List<Candidate> candidates,
            List<MemberRuntime> members,
            List<Picker> pickers,
            Shares shares,
            Keeping keeping) {
        this.generation = generation;
        this.shares = shares;
        this.algorithm = algorithm;
        this.candidates = candidates;
        this.members = members.toArray(new MemberRuntime[0]);
        this.pickers = pickers.toArray(new Picker[0]);
        this.byId = members.stream().collect(Collectors.toUnmodifiableMap(MemberRuntime::id, Function.identity()));
        this.keeping = keeping;
        this.isServing = candidates.stream()
                .anyMatch(member -> member.isAvailable() && (member.weight() > 0 || keeping.cookies() != null));
    }

    /** Whether any member takes requests; one of weight 0 does from those whom a cookie leads to it. */
    boolean isServing() {
        return isServing;
    }

    long generation() {
        return generation;
    }

    /** Whether pickers for this would be the same: then theirs go on, in the middle of their cycle. */
    boolean picksLike(Algorithm otherAlgorithm, List<Candidate> otherCandidates) {
        return algorithm == otherAlgorithm && candidates.equals(otherCandidates);
    }

    Picker picker(int loop) {
        return pickers[loop];
    }

    List<Picker> pickers() {
        return List.of(pickers);
    }

    Shares shares() {
        return shares;
    }

    MemberRuntime member(int index) {
        return members[index];
    }

    List<MemberRuntime> members() {
        return List.of(members);
    }

    @Nullable
    MemberRuntime find(UUID memberId) {
        return byId.get(memberId);
    }

    Keeping keeping() {
        return keeping;
    }

    boolean hasPlace(int place) {
        return byId.values().stream().anyMatch(member -> member.place() == place);
    }

    /** Requests or connections under way at its members. */
    int activeCount() {
        int active = 0;
        for (var member : members) {
            active += member.active().get();
        }
        return active;
    }

    /** Whether its clients stay with it. One of weight 0 has them still, as long as it is there and well. */
    boolean keepsClients(MemberRuntime member) {
        int index = indexOf(member);
        return index != Picker.NONE && candidates.get(index).isAvailable();
    }

    /** {@link Picker#NONE} for a member of another snapshot. */
    int indexOf(MemberRuntime member) {
        int index = member.index();
        return index < members.length && members[index] == member ? index : Picker.NONE;
    }
}
