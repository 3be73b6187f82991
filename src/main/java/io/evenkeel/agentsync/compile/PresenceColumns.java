package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import io.evenkeel.desiredstate.DesiredPool.ZoneAffinity;
import io.evenkeel.desiredstate.DesiredPool.ZoneFallback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How members come and go, from the documents that a pool keeps of it. */
final class PresenceColumns {

    /** What of a pool {@code p} is to be selected. */
    static final String SELECT = """
            case when (p.connection_drain ->> 'enable')::boolean
                 then (p.connection_drain ->> 'timeout')::integer end as drain_timeout,
            case when (p.slow_start ->> 'enable')::boolean
                 then (p.slow_start ->> 'duration')::integer end as slow_start_duration,
            coalesce((p.pool_health ->> 'minimum_healthy_member_count')::integer, 0) as minimum_healthy,
            (p.az_affinity ->> 'enable')::boolean as is_zone_affine,
            (p.az_affinity ->> 'az_minimum_healthy_member_percentage')::integer as zone_percentage,
            (p.az_affinity ->> 'az_minimum_healthy_member_count')::integer as zone_count,
            p.az_affinity ->> 'az_unhealthy_fallback_strategy' as zone_fallback""";

    private PresenceColumns() {}

    static Presence read(ResultSet row) throws SQLException {
        return new Presence(
                seconds(row, "drain_timeout"),
                seconds(row, "slow_start_duration").map(SlowStart::new),
                row.getInt("minimum_healthy") > 0,
                row.getBoolean("is_zone_affine") ? Optional.of(affinity(row)) : Optional.empty());
    }

    private static Optional<Duration> seconds(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class)).map(Duration::ofSeconds);
    }

    /** Of the two minimums the one that is not in use is negative. */
    private static ZoneAffinity affinity(ResultSet row) throws SQLException {
        int percentage = row.getInt("zone_percentage");
        return new ZoneAffinity(
                percentage >= 0,
                percentage >= 0 ? percentage : row.getInt("zone_count"),
                fallback(row.getString("zone_fallback")));
    }

    private static ZoneFallback fallback(String onWire) {
        return switch (onWire) {
            case "forward_to_all_member_of_local_az" -> ZoneFallback.ALL_OF_ZONE;
            case "forward_to_healthy_member_of_remote_az" -> ZoneFallback.HEALTHY_OF_OTHER_ZONES;
            case "forward_to_all_healthy_member" -> ZoneFallback.ALL_HEALTHY;
            case "forward_to_all_member" -> ZoneFallback.ALL;
            default -> throw new IllegalArgumentException("no such fallback: " + onWire);
        };
    }
}
