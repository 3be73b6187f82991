package io.evenkeel.audit.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Streams of events.
 *
 * @param perProject how many of one project may be open in this process
 * @param perProcess how many in all
 * @param look how often the process looks for events while any stream is open
 * @param heartbeat how often a stream says something at least
 * @param life after which a stream ends: its client comes again, and is asked again who it is
 */
@ConfigurationProperties("evenkeel.events.stream")
record EventStreamProperties(
        @DefaultValue("50") int perProject,
        @DefaultValue("500") int perProcess,
        @DefaultValue("250ms") Duration look,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("15m") Duration life) {

    EventStreamProperties {
        if (perProject < 0 || perProcess < 0) {
            throw new IllegalArgumentException(
                    "evenkeel.events.stream.per-project and .per-process must not be negative");
        }
        if (!look.isPositive() || !heartbeat.isPositive() || !life.isPositive()) {
            throw new IllegalArgumentException("evenkeel.events.stream.look, .heartbeat and .life must be positive");
        }
    }
}
