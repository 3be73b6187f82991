package io.evenkeel.status.traffic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long counts of traffic are kept. Hours and days go as a whole, so rows may stay up to one longer.
 *
 * @param keep as they were written; then they are condensed into buckets of five minutes
 * @param keepCondensed as those
 */
@ConfigurationProperties("evenkeel.traffic")
record TrafficProperties(
        @DefaultValue("2h") Duration keep,
        @DefaultValue("7d") Duration keepCondensed) {

    TrafficProperties {
        if (keep.compareTo(TrafficRecorder.TAKES_FOR) < 0) {
            throw new IllegalArgumentException(
                    "evenkeel.traffic.keep must be %s or more, got %s".formatted(TrafficRecorder.TAKES_FOR, keep));
        }
        if (keepCondensed.compareTo(keep) < 0) {
            throw new IllegalArgumentException(
                    "evenkeel.traffic.keep-condensed must not be less than evenkeel.traffic.keep, got "
                            + keepCondensed);
        }
    }
}
