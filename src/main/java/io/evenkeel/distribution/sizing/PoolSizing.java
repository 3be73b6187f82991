package io.evenkeel.distribution.sizing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How few members are enough for the load that was measured.
 *
 * @param unit of all loads and capacities
 * @param peakLoad the highest load of the pool in any ten seconds; of what is older than two hours, in any five minutes
 * @param memberCapacity what a member of the highest weight is taken to carry, others in proportion to their weights: the
 *     highest that one was seen to carry, unless it was given. It may well carry more than anybody asked of it
 * @param neededMembers null when nothing can be said, or no number of members is enough
 * @param isEnough whether the working members serve every zone and carry the peak load without any one of them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PoolSizing(
        UUID poolId,
        Verdict verdict,
        String summary,
        MeasuredWindow window,
        String unit,
        @Nullable Double peakLoad,
        @Nullable String peakAt,
        @Nullable Double memberCapacity,
        boolean isCapacityGiven,
        int workingMembers,
        @Nullable Integer neededMembers,
        boolean isEnough,
        List<ZoneSizing> zones,
        List<MemberSizing> members) {

    /** What can be said. */
    enum Verdict {
        ENOUGH_MEMBERS("enough members"),
        TOO_FEW_MEMBERS("too few members"),
        TOO_LITTLE_DATA("too little data");

        private final String onWire;

        Verdict(String onWire) {
            this.onWire = onWire;
        }

        @JsonValue
        String onWire() {
            return onWire;
        }
    }

    /**
     * The time that the answer really tells of.
     *
     * @param from null like {@code to} when there was no traffic
     * @param readings of how many times, mostly ten seconds long, the load is known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MeasuredWindow(
            String asked, @Nullable String from, @Nullable String to, int readings) {}

    /**
     * @param capacityWithoutIt what the members of the other zones are taken to carry, null with too little data
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ZoneSizing(
            String availabilityZone,
            int workingMembers,
            @Nullable Integer neededMembers,
            @Nullable Double capacityWithoutIt,
            @Nullable Boolean isLossSurvived) {}

    /**
     * @param canBeRemoved null with too little data, and for a member that does not work
     * @param breaks what would not hold any more without it
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MemberSizing(
            UUID memberId,
            String name,
            String address,
            int protocolPort,
            String availabilityZone,
            int weight,
            boolean isWorking,
            double peakLoad,
            @Nullable Boolean canBeRemoved,
            List<BrokenRule> breaks) {}

    /** @param code ZONE_WITHOUT_MEMBER, or ZONE_LOSS_NOT_SURVIVED */
    record BrokenRule(String code, String availabilityZone) {}
}
