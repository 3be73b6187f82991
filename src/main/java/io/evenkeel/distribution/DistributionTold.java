package io.evenkeel.distribution;

import io.evenkeel.distribution.DistributionReads.Distinct;
import io.evenkeel.distribution.DistributionReads.MemberRow;
import io.evenkeel.distribution.DistributionReads.WorkerRow;
import io.evenkeel.distribution.PoolDistribution.CoveredWindow;
import io.evenkeel.distribution.PoolDistribution.DistributionCause;
import io.evenkeel.distribution.PoolDistribution.EvennessTest;
import io.evenkeel.distribution.PoolDistribution.MemberShare;
import io.evenkeel.distribution.PoolDistribution.WorkerPart;
import io.evenkeel.distribution.judging.Cause;
import io.evenkeel.distribution.judging.Evenness;
import io.evenkeel.distribution.judging.Judgement;
import io.evenkeel.platform.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts a judgement into the words of the answer. Pure. */
record DistributionTold(
        UUID poolId,
        Window window,
        List<MemberRow> members,
        List<WorkerRow> workers,
        Distinct distinct,
        Judgement judgement) {

    PoolDistribution tell() {
        var causes = judgement.causes().stream().map(this::cause).toList();
        return new PoolDistribution(
                poolId,
                judgement.verdict(),
                summary(causes),
                covered(),
                requests(),
                rounded(open()),
                Math.round(distinct.clients()),
                Math.round(distinct.sessions()),
                largestRatio(),
                test(judgement.requests()),
                test(judgement.open()),
                causes,
                IntStream.range(0, members.size()).mapToObj(this::share).toList());
    }

    private String summary(List<DistributionCause> causes) {
        return switch (judgement.verdict()) {
            case BALANCED -> "Each member got its share of the requests.";
            case TOO_FEW_REQUESTS ->
                "%d requests to %d members say nothing yet: look again later, or at a longer window."
                        .formatted(requests(), members.size());
            case UNBALANCED ->
                causes.isEmpty()
                        ? "The requests are not spread by the weights."
                        : "The requests are not spread by the weights. "
                                + causes.getFirst().message() + " "
                                + causes.getFirst().advice();
        };
    }

    private CoveredWindow covered() {
        var from = workers.stream().map(WorkerRow::began).min(Instant::compareTo);
        var to = workers.stream().map(WorkerRow::ended).max(Instant::compareTo);
        return new CoveredWindow(
                window.asked(),
                from.map(Timestamps::onWire).orElse(null),
                to.map(Timestamps::onWire).orElse(null),
                DistributionReads.span(workers).toSeconds(),
                workers.stream()
                        .map(worker -> new WorkerPart(worker.id(), worker.requests()))
                        .toList());
    }

    private long requests() {
        return sum(MemberRow::picked) - sum(MemberRow::retried);
    }

    private double open() {
        return members.stream().mapToDouble(MemberRow::open).sum();
    }

    private long sum(ToLongFunction<MemberRow> count) {
        return members.stream().mapToLong(count).sum();
    }

    private @Nullable Double largestRatio() {
        if (requests() == 0) {
            return null;
        }
        var ratio = judgement.shares().stream()
                .mapToDouble(Judgement.Share::ratio)
                .filter(Double::isFinite)
                .max();
        return ratio.isPresent() ? (Double) rounded(ratio.getAsDouble()) : null;
    }

    private static EvennessTest test(Evenness evenness) {
        return new EvennessTest(
                rounded(evenness.statistic()), evenness.degreesOfFreedom(), rounded(evenness.probability()));
    }

    private DistributionCause cause(Cause cause) {
        return new DistributionCause(
                cause.kind(),
                rounded(cause.explained()),
                message(cause),
                cause.kind().advice());
    }

    private String message(Cause cause) {
        long picked = Math.max(1, sum(MemberRow::picked));
        return switch (cause.kind()) {
            case STICKY_SESSIONS ->
                "%s of the requests went where their sticky session was; about %d sessions were seen."
                        .formatted(percent(sum(MemberRow::stuck), picked), Math.round(distinct.sessions()));
            case FEW_CLIENTS ->
                "Only about %d clients were seen: too few to spread evenly over %d members."
                        .formatted(Math.round(distinct.clients()), weighted());
            case SOURCE_IP_HASHING ->
                "The client's address decides, and some of about %d clients ask for more than others."
                        .formatted(Math.round(distinct.clients()));
            case LONG_LIVED_CONNECTIONS ->
                "About %d connections were open and only %d were opened in the window: the others stay where they are."
                        .formatted(Math.round(open()), requests());
            case FLAPPING_MEMBERS ->
                "%s of the requests came while a member meant for them was away; %d times a member went offline."
                        .formatted(percent(sum(MemberRow::away), Math.max(1, sum(MemberRow::configured))), outages());
            case WEIGHTS_JUST_CHANGED -> "Weights or members were changed within the window.";
            case FAILING_MEMBERS ->
                "%d requests went on to another member because the one picked could not be reached."
                        .formatted(sum(MemberRow::retried));
            case LEAST_CONNECTIONS ->
                "The next request goes to one of those with the fewest connections for their weight: members that"
                        + " answer sooner get more.";
            case UNEXPLAINED -> "None of the known causes explains it.";
        };
    }

    private long weighted() {
        return members.stream().filter(member -> member.weight() > 0).count();
    }

    private long outages() {
        return sum(MemberRow::outages);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / whole);
    }

    private MemberShare share(int index) {
        var row = members.get(index);
        var share = judgement.shares().get(index);
        return new MemberShare(
                row.id(),
                row.name(),
                row.address(),
                row.port(),
                row.zone(),
                row.weight(),
                Math.max(0, row.picked() - row.retried()),
                rounded(share.byWeight()),
                rounded(share.expected()),
                rounded(share.requests()),
                Double.isFinite(share.ratio()) ? (Double) rounded(share.ratio()) : null,
                rounded(row.open()),
                rounded(share.connections()),
                row.stuck(),
                row.retried(),
                rounded(share.availability()),
                row.outages());
    }

    private static double rounded(double number) {
        return Math.round(number * 10_000) / 10_000.0;
    }
}
