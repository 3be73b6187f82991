package io.evenkeel.agentsync.traffic;

import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.status.traffic.TrafficRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Sees to it that what a worker counts is written, as long as it runs. */
@Component
public class TrafficReporters {

    private final TrafficRecorder recorder;
    private final ReportProperties properties;
    private final Counter dropped;
    private final Clock clock;

    TrafficReporters(TrafficRecorder recorder, ReportProperties properties, MeterRegistry metrics, Clock clock) {
        this.recorder = recorder;
        this.properties = properties;
        this.dropped = Counter.builder("evenkeel.traffic.rows.dropped")
                .description("Rows of traffic that were given up before they could be written")
                .register(metrics);
        this.clock = clock;
    }

    /** Starts to report what the worker counts. To be closed after the worker, so that its last counts are written. */
    public TrafficReporter report(String workerId, Traffic traffic) {
        var reporter = new TrafficReporter(workerId, traffic, recorder, properties, dropped, clock);
        reporter.start();
        return reporter;
    }
}
