package io.evenkeel.distribution.judging;

import io.evenkeel.pool.spec.Algorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Judges one window of a pool.
 *
 * <p>Measured against the weights as they are now, slow start and zone affinity taken into account: so a member that was
 * away, or had another weight before, counts as a deviation, and is named as its cause. Where picks last long
 * (connections), those under way are judged as well; under LEAST_CONNECTIONS, which balances them and not the requests,
 * instead.
 */
public final class Judge {

    private static final double WORTH_TELLING = 0.1;
    private static final double FEWEST = 50;
    private static final double FEWEST_OPEN = 20;

    private final PoolFigures pool;
    private final Attribution attribution;
    private final Deviation ofRequests;
    private final Deviation ofOpen;

    private Judge(PoolFigures pool) {
        this.pool = pool;
        attribution = new Attribution(pool);
        ofRequests = attribution.ofRequests();
        ofOpen = attribution.ofOpen(ofRequests);
    }

    public static Judgement judge(PoolFigures pool) {
        return new Judge(pool).judgement();
    }

    private Judgement judgement() {
        var evenRequests = ofRequests.evenness();
        var evenOpen = ofOpen.evenness();
        boolean isByConnections = pool.algorithm() == Algorithm.LEAST_CONNECTIONS;
        boolean isOpenJudged = evenOpen.canTell() && countOpen() >= FEWEST_OPEN && (isLongLived() || isByConnections);
        boolean areRequestsJudged =
                evenRequests.canTell() && countRequests() >= FEWEST && !(isOpenJudged && isByConnections);
        var causes = new EnumMap<CauseKind, Double>(CauseKind.class);
        boolean isUneven = false;
        if (areRequestsJudged && evenRequests.isUneven()) {
            isUneven = true;
            merge(causes, ofRequests.explained());
        }
        if (isOpenJudged && evenOpen.isUneven()) {
            isUneven = true;
            merge(causes, ofOpen.explained());
        }
        boolean isTold = areRequestsJudged || isOpenJudged || isAlone();
        var verdict = isUneven ? Verdict.UNBALANCED : isTold ? Verdict.BALANCED : Verdict.TOO_FEW_REQUESTS;
        return new Judgement(verdict, evenRequests, evenOpen, shares(), ranked(causes));
    }

    private double countRequests() {
        return Vectors.sum(attribution.requests());
    }

    private double countOpen() {
        return Vectors.sum(attribution.open());
    }

    /** With one member there is nothing to balance. */
    private boolean isAlone() {
        return weighted() == 1
                && countRequests() >= FEWEST
                && pool.members().stream().noneMatch(member -> member.weight() == 0 && member.requests() > 0);
    }

    private long weighted() {
        return pool.members().stream().filter(member -> member.weight() > 0).count();
    }

    /** By Little's law: on average a pick lasts half of the window or longer. */
    private boolean isLongLived() {
        return countOpen() >= countRequests() / 2;
    }

    private static void merge(Map<CauseKind, Double> into, Map<CauseKind, Double> found) {
        found.forEach((cause, explained) -> into.merge(cause, explained, Math::max));
    }

    private List<Cause> ranked(Map<CauseKind, Double> found) {
        var causes = new EnumMap<CauseKind, Double>(CauseKind.class);
        causes.putAll(found);
        if (isFew(pool.clients())) {
            causes.merge(CauseKind.FEW_CLIENTS, found.getOrDefault(CauseKind.SOURCE_IP_HASHING, 0.0), Math::max);
        }
        if (isFew(Math.max(pool.sessions(), pool.clients()))) {
            causes.merge(CauseKind.FEW_CLIENTS, found.getOrDefault(CauseKind.STICKY_SESSIONS, 0.0), Math::max);
        }
        var ranked = new ArrayList<Cause>();
        causes.forEach((kind, explained) -> {
            if (explained >= WORTH_TELLING) {
                ranked.add(new Cause(kind, Math.min(1, explained)));
            }
        });
        ranked.sort(Comparator.comparingDouble(Cause::explained).reversed().thenComparing(Cause::kind));
        return ranked;
    }

    /** So few that even equal ones, dealt by chance, differ by more than what matters. */
    private boolean isFew(double keys) {
        return keys > 0 && Math.sqrt((weighted() - 1) / keys) > Evenness.MATERIAL;
    }

    private List<Judgement.Share> shares() {
        var byWeight = attribution.byWeight();
        var expected = Vectors.scaled(Vectors.of(pool.members(), MemberFigures::expected), 1, byWeight);
        var requests = Vectors.scaled(attribution.requests(), 1, attribution.requests());
        var open = Vectors.scaled(attribution.open(), 1, attribution.open());
        var shares = new ArrayList<Judgement.Share>();
        for (int i = 0; i < requests.length; i++) {
            var member = pool.members().get(i);
            shares.add(new Judgement.Share(
                    member.id(), byWeight[i], expected[i], requests[i], open[i], availability(member)));
        }
        return shares;
    }

    private static double availability(MemberFigures member) {
        return member.configured() == 0 ? 1 : Math.max(0, 1 - (double) member.away() / member.configured());
    }
}
