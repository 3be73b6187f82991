package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.Algorithm;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the picks each candidate is to get in one state of a pool, whoever picks. Reckoned when first asked for,
 * so a state that nobody asks about costs nothing. Safe for any thread.
 */
public final class Shares {

    private final Algorithm algorithm;
    private final List<Candidate> candidates;
    private final Set<UUID> present;
    private volatile @Nullable List<Share> shares;

    /**
     * @param candidates as their pickers were built from
     * @param present those who take traffic, or could, though others go first
     */
    public Shares(Algorithm algorithm, List<Candidate> candidates, Set<UUID> present) {
        this.algorithm = algorithm;
        this.candidates = candidates;
        this.present = Set.copyOf(present);
    }

    /** Whether the same ones are there. */
    public boolean isOf(Set<UUID> others) {
        return present.equals(others);
    }

    /**
     * Parts of 1.
     *
     * @param configured by the weights alone, had every candidate been there
     * @param expected by the weights of those that were there, as far as these counted
     */
    public record Share(UUID memberId, double configured, double expected, boolean isPresent) {}

    /** In the order of the candidates; all 0 where nobody has a weight. */
    public List<Share> list() {
        var known = shares;
        if (known == null) {
            known = reckon();
            shares = known;
        }
        return known;
    }

    private List<Share> reckon() {
        double all = candidates.stream().mapToDouble(this::load).sum();
        double taking = candidates.stream().mapToDouble(this::pull).sum();
        return candidates.stream()
                .map(candidate -> new Share(
                        candidate.id(),
                        part(load(candidate), all),
                        part(pull(candidate), taking),
                        present.contains(candidate.id())))
                .toList();
    }

    private static double part(double load, double sum) {
        return sum == 0 ? 0 : load / sum;
    }

    /** With SOURCE_IP weights say no more than whether a candidate takes part. */
    private double load(Candidate candidate) {
        return switch (algorithm) {
            case ROUND_ROBIN, LEAST_CONNECTIONS -> candidate.weight();
            case SOURCE_IP, QUIC_CID -> Math.min(candidate.weight(), 1);
        };
    }

    private double pull(Candidate candidate) {
        return switch (algorithm) {
            case ROUND_ROBIN, LEAST_CONNECTIONS -> candidate.pull();
            case SOURCE_IP, QUIC_CID -> candidate.takesNew() ? 1 : 0;
        };
    }
}
