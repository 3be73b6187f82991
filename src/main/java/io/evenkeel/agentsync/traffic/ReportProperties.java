package io.evenkeel.agentsync.traffic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a worker tells what it counted.
 *
 * @param period of one row; other than the ten seconds that the table is named for only in tests
 * @param maxPendingRows so many are kept while the database is away; beyond, the oldest are given up
 */
@ConfigurationProperties("evenkeel.traffic")
record ReportProperties(
        @DefaultValue("10s") Duration period,
        @DefaultValue("100000") int maxPendingRows) {

    ReportProperties {
        if (period.compareTo(Duration.ofMillis(10)) < 0 || period.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("evenkeel.traffic.period must be 10ms..1m, got " + period);
        }
        if (maxPendingRows < 1) {
            throw new IllegalArgumentException(
                    "evenkeel.traffic.max-pending-rows must be 1 or more, got " + maxPendingRows);
        }
    }
}
