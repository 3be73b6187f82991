package io.evenkeel.agentsync.traffic;

import io.evenkeel.dataplane.traffic.TrafficSample;
import io.evenkeel.status.traffic.TrafficRow;
import java.time.Instant;
import java.util.List;

/** For tests elsewhere: the rows that a worker writes of what it counted. */
public final class WrittenRows {

    private WrittenRows() {}

    public static List<TrafficRow> of(List<TrafficSample> samples) {
        return Reading.of(Instant.EPOCH, Instant.EPOCH, samples).rows();
    }
}
