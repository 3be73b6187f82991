package io.evenkeel.distribution.sizing;

import io.evenkeel.distribution.Window;
import io.evenkeel.distribution.sizing.LoadReads.KnownPool;
import io.evenkeel.distribution.sizing.LoadReads.MemberRow;
import io.evenkeel.distribution.sizing.LoadReads.Peak;
import io.evenkeel.distribution.sizing.PoolSizing.BrokenRule;
import io.evenkeel.distribution.sizing.PoolSizing.MeasuredWindow;
import io.evenkeel.distribution.sizing.PoolSizing.MemberSizing;
import io.evenkeel.distribution.sizing.PoolSizing.Verdict;
import io.evenkeel.distribution.sizing.PoolSizing.ZoneSizing;
import io.evenkeel.platform.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Plans for the load that was read, and puts it into the words of the answer. Pure. */
final class SizingTold {

    /** Below, the peak of the window says little of the peak of any other day. */
    private static final int FEWEST_READINGS = 6;

    private static final int FEWEST_PICKS = 50;

    private final KnownPool pool;
    private final Window window;
    private final Optional<Peak> peak;
    private final List<MemberRow> members;
    private final OptionalInt given;
    private final double capacity;
    private final SizingPlan plan;
    private final Map<String, Integer> fewest;
    private final boolean isKnown;

    /** @param given what a member of the highest weight can carry */
    SizingTold(
            KnownPool pool,
            Window window,
            Optional<Peak> peak,
            List<MemberRow> members,
            List<String> zones,
            OptionalInt given) {
        this.pool = pool;
        this.window = window;
        this.peak = peak;
        this.members = members;
        this.given = given;
        this.capacity = given.isPresent() ? given.getAsInt() : seen();
        this.isKnown = capacity > 0
                && peak.filter(known -> known.readings() >= FEWEST_READINGS && known.picked() >= FEWEST_PICKS)
                        .isPresent();
        this.plan = new SizingPlan(
                peak.map(Peak::load).orElse(0.0),
                members.stream()
                        .filter(SizingTold::works)
                        .map(row -> new SizingPlan.Worker(row.id(), row.zone(), capacity(row)))
                        .toList(),
                zones);
        this.fewest = isKnown ? plan.fewest().orElse(Map.of()) : Map.of();
    }

    private static boolean works(MemberRow row) {
        return row.isWorking() && row.weight() > 0;
    }

    /** What a member of the highest weight would have carried, had it been loaded like the one that was loaded most. */
    private double seen() {
        double perWeight = members.stream()
                .filter(row -> row.weight() > 0)
                .mapToDouble(row -> row.peak() / weight(row))
                .max()
                .orElse(0);
        return perWeight * highestWeight();
    }

    private double weight(MemberRow row) {
        return pool.weighs() ? row.weight() : Math.min(row.weight(), 1);
    }

    private double highestWeight() {
        return members.stream().mapToDouble(this::weight).max().orElse(0);
    }

    private double capacity(MemberRow row) {
        return capacity * weight(row) / highestWeight();
    }

    PoolSizing tell() {
        boolean isEnough = isKnown && plan.isEnough();
        var verdict = isKnown ? isEnough ? Verdict.ENOUGH_MEMBERS : Verdict.TOO_FEW_MEMBERS : Verdict.TOO_LITTLE_DATA;
        return new PoolSizing(
                pool.id(),
                verdict,
                summary(verdict),
                measured(),
                unit(),
                peak.map(known -> rounded(known.load())).orElse(null),
                peak.map(known -> Timestamps.onWire(known.began())).orElse(null),
                isKnown ? (Double) rounded(capacity) : null,
                given.isPresent(),
                working(),
                needed(),
                isEnough,
                plan.zones().stream().map(this::zone).toList(),
                members.stream().map(this::member).toList());
    }

    private MeasuredWindow measured() {
        return new MeasuredWindow(
                window.asked(),
                peak.map(known -> Timestamps.onWire(known.first())).orElse(null),
                peak.map(known -> Timestamps.onWire(known.last())).orElse(null),
                peak.map(Peak::readings).orElse(0));
    }

    private String unit() {
        return pool.isByRate() ? "requests per second" : "open connections";
    }

    private int working() {
        return (int) members.stream().filter(SizingTold::works).count();
    }

    private @Nullable Integer needed() {
        return fewest.isEmpty()
                ? null
                : (Integer) fewest.values().stream().mapToInt(Integer::intValue).sum();
    }

    private String summary(Verdict verdict) {
        return switch (verdict) {
            case TOO_LITTLE_DATA ->
                "The load is known of %d times and %d requests: %d and %d at least are needed to say how many members it takes."
                        .formatted(
                                measured().readings(),
                                peak.map(Peak::picked).orElse(0L),
                                FEWEST_READINGS,
                                FEWEST_PICKS);
            case ENOUGH_MEMBERS ->
                "%s carry the peak of %s whichever zone is lost; %s"
                        .formatted(
                                inWords(working()),
                                load(),
                                isMoreThanNeeded() ? needed() + " would." : "none is to spare.");
            case TOO_FEW_MEMBERS -> tooFew();
        };
    }

    private static String inWords(int members) {
        return members == 1 ? "1 working member" : members + " working members";
    }

    private boolean isMoreThanNeeded() {
        var needed = needed();
        return needed != null && needed < working();
    }

    private String load() {
        return String.format(Locale.ROOT, "%.1f %s", peak.map(Peak::load).orElse(0.0), unit());
    }

    private String tooFew() {
        if (plan.zones().size() < 2) {
            return "All members are in one availability zone: its loss takes all of them.";
        }
        var unserved = plan.unserved();
        if (!unserved.isEmpty()) {
            return "Availability zone %s has no working member.".formatted(String.join(", ", unserved));
        }
        return "%s do not carry the peak of %s when zone %s is lost; %s would, spread as said."
                .formatted(
                        inWords(working()),
                        load(),
                        plan.zones().stream()
                                .filter(zone -> !plan.survives(zone))
                                .findFirst()
                                .orElseThrow(),
                        needed());
    }

    private ZoneSizing zone(String zone) {
        int count = (int) members.stream()
                .filter(row -> works(row) && row.zone().equals(zone))
                .count();
        return new ZoneSizing(
                zone,
                count,
                fewest.get(zone),
                isKnown ? (Double) rounded(plan.capacityWithout(zone)) : null,
                isKnown ? (Boolean) plan.survives(zone) : null);
    }

    private MemberSizing member(MemberRow row) {
        boolean isJudged = isKnown && works(row);
        var breaks = isJudged ? breaks(row) : List.<BrokenRule>of();
        return new MemberSizing(
                row.id(),
                row.name(),
                row.address(),
                row.port(),
                row.zone(),
                row.weight(),
                row.isWorking(),
                rounded(row.peak()),
                isJudged ? (Boolean) breaks.isEmpty() : null,
                breaks);
    }

    private List<BrokenRule> breaks(MemberRow row) {
        var rest = plan.without(row.id());
        var breaks = new ArrayList<BrokenRule>();
        rest.unserved().forEach(zone -> breaks.add(new BrokenRule("ZONE_WITHOUT_MEMBER", zone)));
        rest.zones().stream()
                .filter(zone -> !rest.survives(zone))
                .forEach(zone -> breaks.add(new BrokenRule("ZONE_LOSS_NOT_SURVIVED", zone)));
        return breaks;
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
