package io.evenkeel.desiredstate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A backend server group with its members, sorted by id.
 *
 * @param isEnabled false: its members get no traffic
 * @param isUsed whether any load balancer reaches it; a pool that none uses is not checked
 * @param healthMonitor absent: members take traffic unchecked
 * @param presence how members come and go, and who stands in for whom
 * @param stickiness how clients are kept at a member; absent: every request goes where its turn leads
 */
public record DesiredPool(
        UUID id,
        long generation,
        String projectId,
        boolean isEnabled,
        boolean isUsed,
        PoolProtocol protocol,
        Algorithm algorithm,
        boolean isAnyPort,
        Optional<DesiredHealthMonitor> healthMonitor,
        List<DesiredMember> members,
        Presence presence,
        Optional<DesiredStickiness> stickiness)
        implements DesiredResource {

    public DesiredPool {
        members =
                members.stream().sorted(Comparator.comparing(DesiredMember::id)).toList();
    }

    /** Whose members come and go plainly. */
    public DesiredPool(
            UUID id,
            long generation,
            String projectId,
            boolean isEnabled,
            boolean isUsed,
            PoolProtocol protocol,
            Algorithm algorithm,
            boolean isAnyPort,
            Optional<DesiredHealthMonitor> healthMonitor,
            List<DesiredMember> members) {
        this(
                id,
                generation,
                projectId,
                isEnabled,
                isUsed,
                protocol,
                algorithm,
                isAnyPort,
                healthMonitor,
                members,
                Presence.PLAIN);
    }

    /** Without stickiness. */
    public DesiredPool(
            UUID id,
            long generation,
            String projectId,
            boolean isEnabled,
            boolean isUsed,
            PoolProtocol protocol,
            Algorithm algorithm,
            boolean isAnyPort,
            Optional<DesiredHealthMonitor> healthMonitor,
            List<DesiredMember> members,
            Presence presence) {
        this(
                id,
                generation,
                projectId,
                isEnabled,
                isUsed,
                protocol,
                algorithm,
                isAnyPort,
                healthMonitor,
                members,
                presence,
                Optional.empty());
    }

    /** The same, used or not. */
    public DesiredPool used(boolean isInUse) {
        return new DesiredPool(
                id,
                generation,
                projectId,
                isEnabled,
                isInUse,
                protocol,
                algorithm,
                isAnyPort,
                healthMonitor,
                members,
                presence,
                stickiness);
    }

    /**
     * How members come and go, and who stands in for whom.
     *
     * @param drainTimeout how long what is under way at a member that leaves may go on; absent: as long as it likes
     * @param slowStart absent: who comes takes its whole share at once
     * @param isFailOpen whether all members take traffic as long as none is healthy
     * @param zoneAffinity absent: all zones are the same
     */
    public record Presence(
            Optional<Duration> drainTimeout,
            Optional<SlowStart> slowStart,
            boolean isFailOpen,
            Optional<ZoneAffinity> zoneAffinity) {

        public static final Presence PLAIN = new Presence(Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /**
     * A member that comes to a pool that serves already takes little at first and its whole share after that time.
     *
     * @param duration positive
     */
    public record SlowStart(Duration duration) {

        /** What {@link #shareAfter} answers at the end. */
        public static final int WHOLE = 20;

        private static final int STEPS = 10;

        /**
         * What part of its weight a member counts with, in parts of {@link #WHOLE}: ten steps, each as high as the
         * straight line from nothing to all is in its middle.
         *
         * @param sinceItCame how long ago it began to take traffic, not negative
         */
        public int shareAfter(Duration sinceItCame) {
            if (sinceItCame.compareTo(duration) >= 0) {
                return WHOLE;
            }
            int step = (int) (STEPS * sinceItCame.toNanos() / duration.toNanos());
            return 2 * step + 1;
        }
    }

    /**
     * A worker sends traffic to members in its own zone as long as enough of them are healthy.
     *
     * @param minimum how many that is, or how many percent of them
     */
    public record ZoneAffinity(boolean isPercentage, int minimum, ZoneFallback fallback) {}

    /** Who takes traffic when too few in the zone are healthy. */
    public enum ZoneFallback {
        ALL_OF_ZONE,
        HEALTHY_OF_OTHER_ZONES,
        ALL_HEALTHY,
        ALL
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.POOL;
    }
}
