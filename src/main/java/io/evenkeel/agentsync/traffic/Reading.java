package io.evenkeel.agentsync.traffic;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ResponseTimes;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.evenkeel.status.traffic.TrafficRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What came within a bucket, as it is written.
 *
 * @param bucket when it began
 * @param takenAt when the counts were read; two readings of a worker never say the same
 */
record Reading(Instant bucket, Instant takenAt, List<TrafficRow> rows) {

    static Reading of(Instant bucket, Instant takenAt, List<TrafficSample> samples) {
        return new Reading(bucket, takenAt, samples.stream().map(Reading::row).toList());
    }

    private static TrafficRow row(TrafficSample sample) {
        var key = sample.key();
        long[] times = sample.responseTimes();
        var micros = new ArrayList<Long>();
        var counts = new ArrayList<Long>();
        for (int bucket = 0; bucket < times.length; bucket++) {
            if (times[bucket] != 0) {
                micros.add(ResponseTimes.endMicros(bucket) - 1);
                counts.add(times[bucket]);
            }
        }
        return new TrafficRow(
                key.loadBalancerId(),
                key.listenerId(),
                key.poolId(),
                key.memberId(),
                counts(sample),
                micros,
                counts,
                sample.clients(),
                sample.sessions());
    }

    private static TrafficRow.Counts counts(TrafficSample sample) {
        return new TrafficRow.Counts(
                sample.get(Count.ACCEPTED),
                sample.get(Count.OPEN),
                sample.get(Count.PICKED),
                sample.get(Count.ACTIVE),
                sample.get(Count.RESPONSES_1XX),
                sample.get(Count.RESPONSES_2XX),
                sample.get(Count.RESPONSES_3XX),
                sample.get(Count.RESPONSES_4XX),
                sample.get(Count.RESPONSES_5XX),
                sample.get(Count.RESPONSE_MICROS),
                sample.get(Count.BYTES_IN),
                sample.get(Count.BYTES_OUT),
                sample.get(Count.CONNECT_FAILURES),
                sample.get(Count.RETRIES),
                sample.get(Count.FAILURES),
                sample.get(Count.DROPPED),
                sample.get(Count.REFUSED_IP_GROUP),
                sample.get(Count.REFUSED_CONNECTION),
                sample.get(Count.REFUSED_CPS),
                sample.get(Count.STUCK),
                sample.get(Count.CONNECTED),
                sample.get(Count.CONFIGURED),
                sample.get(Count.EXPECTED),
                sample.get(Count.AWAY));
    }
}
