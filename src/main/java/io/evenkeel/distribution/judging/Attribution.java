package io.evenkeel.distribution.judging;

import io.evenkeel.pool.spec.Algorithm;

/**
 * Takes the difference between what members were to get by the weights of now and what they got apart into steps: to the
 * weights of then, to those of the members that were there, to whom was picked (by stickiness, by the algorithm), to who
 * kept the request. Each step is one cause's part.
 */
final class Attribution {

    private static final double AWAY = 0.05;

    private final PoolFigures pool;
    private final double[] requests;
    private final double[] open;
    private final double[] byWeight;

    Attribution(PoolFigures pool) {
        this.pool = pool;
        requests = Vectors.of(pool.members(), MemberFigures::requests);
        open = Vectors.of(pool.members(), MemberFigures::open);
        var weights = Vectors.of(pool.members(), this::load);
        byWeight = Vectors.scaled(weights, 1, weights);
    }

    /** With SOURCE_IP a weight says no more than whether a member takes part. */
    private double load(MemberFigures member) {
        return pool.algorithm() == Algorithm.SOURCE_IP ? Math.min(member.weight(), 1) : member.weight();
    }

    double[] requests() {
        return requests;
    }

    double[] open() {
        return open;
    }

    /** Parts of 1. */
    double[] byWeight() {
        return byWeight;
    }

    Deviation ofRequests() {
        double total = Vectors.sum(requests);
        var now = Vectors.times(byWeight, total);
        var then = Vectors.scaled(Vectors.of(pool.members(), MemberFigures::configured), total, now);
        var there = Vectors.scaled(Vectors.of(pool.members(), MemberFigures::expected), total, then);
        var weights = step(now, then);
        var presence = step(then, there);
        boolean wasAway = pool.members().stream().anyMatch(this::wasAway);
        // Slow start and zone affinity are meant to be so.
        var deviation = new Deviation(requests, wasAway ? now : Vectors.plus(now, presence));
        deviation.add(CauseKind.WEIGHTS_JUST_CHANGED, weights);
        if (wasAway) {
            deviation.add(CauseKind.FLAPPING_MEMBERS, presence);
        }
        addPicks(deviation, Vectors.plus(Vectors.plus(now, weights), presence));
        return deviation;
    }

    /** For long enough to be told from slow start and zone affinity, which shift shares as well. */
    private boolean wasAway(MemberFigures member) {
        return member.away() > Math.max(pool.counters(), AWAY * member.configured());
    }

    /** What is not more than the fractions of picks that the counters hold back is nothing. */
    private double[] step(double[] from, double[] to) {
        var step = Vectors.minus(to, from);
        return Vectors.largest(step) <= 2.0 * pool.counters() ? new double[step.length] : step;
    }

    /** @param there what members were to get */
    private void addPicks(Deviation deviation, double[] there) {
        double total = Vectors.sum(requests);
        var picked = Vectors.of(pool.members(), MemberFigures::picked);
        double picks = Vectors.sum(picked);
        if (picks == 0 || total == 0) {
            return;
        }
        var kept = Vectors.times(picked, total / picks);
        var stuck = Vectors.times(Vectors.of(pool.members(), MemberFigures::stuck), total / picks);
        var free = Vectors.minus(kept, stuck);
        deviation.add(CauseKind.STICKY_SESSIONS, beside(stuck, there));
        deviation.add(ofAlgorithm(), beside(free, there));
        deviation.add(CauseKind.FAILING_MEMBERS, Vectors.minus(requests, kept));
    }

    private static double[] beside(double[] got, double[] there) {
        return Vectors.minus(got, Vectors.times(there, Vectors.sum(got) / Vectors.sum(there)));
    }

    private CauseKind ofAlgorithm() {
        return switch (pool.algorithm()) {
            case SOURCE_IP -> CauseKind.SOURCE_IP_HASHING;
            case LEAST_CONNECTIONS -> CauseKind.LEAST_CONNECTIONS;
            case ROUND_ROBIN, QUIC_CID -> CauseKind.UNEXPLAINED;
        };
    }

    /**
     * What is under way is where the picks of the window went, or where it was before. A pick of the window makes one
     * that is under way at most.
     */
    Deviation ofOpen(Deviation ofRequests) {
        double total = Vectors.sum(open);
        double asked = Vectors.sum(requests);
        var deviation = new Deviation(open, Vectors.times(byWeight, total));
        double made = asked == 0 ? 0 : Math.min(1, total / asked);
        deviation.addAll(ofRequests, made);
        deviation.add(
                CauseKind.LONG_LIVED_CONNECTIONS,
                Vectors.minus(deviation.difference(), Vectors.times(ofRequests.difference(), made)));
        return deviation;
    }
}
