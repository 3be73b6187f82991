package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.Algorithm;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the picks each candidate is to get in one state of a pool, whoever picks. Reckoned when first asked for,
 * so a state that nobody asks about costs nothing. Safe for any thread.
 */
public final class Shares {

    private final Algorithm algorithm;
    private final List<Candidate> candidates;
    private volatile @Nullable List<Share> shares;

    /** @param candidates as their pickers were built from */
    public Shares(Algorithm algorithm, List<Candidate> candidates) {
        this.algorithm = algorithm;
        this.candidates = candidates;
    }

    /**
     * Parts of 1.
     *
     * @param configured by the weights alone, had every candidate been there
     * @param expected by the weights of those that were there, as far as these counted
     */
    public record Share(UUID memberId, double configured, double expected, boolean isAvailable) {}

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
        double present = candidates.stream()
                .filter(Candidate::isAvailable)
                .mapToDouble(this::presentLoad)
                .sum();
        return candidates.stream()
                .map(candidate -> new Share(
                        candidate.id(),
                        part(load(candidate), all),
                        candidate.isAvailable() ? part(presentLoad(candidate), present) : 0,
                        candidate.isAvailable()))
                .toList();
    }

    private static double part(double load, double sum) {
        return sum == 0 ? 0 : load / sum;
    }

    /** Who is eased in counts with a part of its weight. */
    private double presentLoad(Candidate candidate) {
        return switch (algorithm) {
            case ROUND_ROBIN, LEAST_CONNECTIONS -> candidate.pull();
            case SOURCE_IP, QUIC_CID -> load(candidate);
        };
    }

    /** With SOURCE_IP weights say no more than whether a candidate takes part. */
    private double load(Candidate candidate) {
        return switch (algorithm) {
            case ROUND_ROBIN, LEAST_CONNECTIONS -> candidate.weight();
            case SOURCE_IP, QUIC_CID -> candidate.weight() > 0 ? 1 : 0;
        };
    }
}
