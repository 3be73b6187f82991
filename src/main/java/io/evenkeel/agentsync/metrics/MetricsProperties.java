package io.evenkeel.agentsync.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is shown to Prometheus.
 *
 * @param memberSeries of so many members at most each has series of its own; a member counts once for each listener
 */
@ConfigurationProperties("evenkeel.metrics")
record MetricsProperties(@DefaultValue("2000") int memberSeries) {

    MetricsProperties {
        if (memberSeries < 0) {
            throw new IllegalArgumentException("evenkeel.metrics.member-series must be 0 or more, got " + memberSeries);
        }
    }
}
