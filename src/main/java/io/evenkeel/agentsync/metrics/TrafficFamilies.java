package io.evenkeel.agentsync.metrics;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficKey;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts of traffic as Prometheus wants them; docs/metrics.md lists them. */
final class TrafficFamilies {

    private static final Map<String, Count> CODES = new TreeMap<>(Map.of(
            "1xx", Count.RESPONSES_1XX,
            "2xx", Count.RESPONSES_2XX,
            "3xx", Count.RESPONSES_3XX,
            "4xx", Count.RESPONSES_4XX,
            "5xx", Count.RESPONSES_5XX));

    private static final Map<String, Count> HANDSHAKES =
            new TreeMap<>(Map.of("full", Count.TLS_FULL, "resumed", Count.TLS_RESUMED, "failed", Count.TLS_FAILED));

    private static final Map<String, Count> REFUSALS = new TreeMap<>(Map.of(
            "ip_group", Count.REFUSED_IP_GROUP,
            "connection", Count.REFUSED_CONNECTION,
            "cps", Count.REFUSED_CPS));

    private static final List<Family> OF_LISTENERS = List.of(
            new Family("connections_accepted", "Connections accepted from clients", Count.ACCEPTED),
            new Family("http2_calmed", "HTTP/2 connections ended for asking too much for nothing", Count.HTTP2_CALMED));

    private static final List<Family> OF_PICKS = List.of(
            new Family("picks", "Requests, connections or sessions that a member was picked for", Count.PICKED),
            new Family("sticky_picks", "Picks that a sticky session decided", Count.STUCK),
            new Family("backend_connections", "Connections (TCP, HTTP) to members that came about", Count.CONNECTED),
            new Family("request_bytes", "Bytes received from clients, heads included", Count.BYTES_IN),
            new Family("response_bytes", "Bytes received from members, heads included", Count.BYTES_OUT),
            new Family("connect_failures", "Attempts to connect to a member that failed", Count.CONNECT_FAILURES),
            new Family("retries", "Picks that went on to another member", Count.RETRIES),
            new Family("retries_denied", "Picks that may not go on to another member any more", Count.RETRIES_DENIED),
            new Family("failures", "Picks that were not brought to an end", Count.FAILURES));

    private static final Family DROPPED =
            new Family("datagrams_dropped", "Datagrams (UDP) that were thrown away", Count.DROPPED);
    private static final Family OPEN = new Family("connections_open", "Connections of clients open now", Count.OPEN);
    private static final Family ACTIVE = new Family("picks_active", "Picks under way now", Count.ACTIVE);

    private record Family(String name, String help, Count count) {}

    private TrafficFamilies() {}

    /** @param samples sums of listeners and pools */
    static Stream<MetricSnapshot> ofPools(List<TrafficSample> samples) {
        var listeners =
                samples.stream().filter(sample -> sample.key().poolId() == null).toList();
        var pools =
                samples.stream().filter(sample -> sample.key().poolId() != null).toList();
        return Stream.of(
                        OF_LISTENERS.stream().map(family -> counter("evenkeel_", family, listeners)),
                        Stream.of(
                                gauge("evenkeel_", OPEN, listeners),
                                handshakes(listeners),
                                refusals(listeners),
                                requests("evenkeel_", samples),
                                counter("evenkeel_", DROPPED, samples),
                                durations(samples)),
                        ofPicks("evenkeel_", pools))
                .flatMap(families -> families);
    }

    static Stream<MetricSnapshot> ofMembers(List<TrafficSample> samples) {
        return Stream.concat(Stream.of(requests("evenkeel_member_", samples)), ofPicks("evenkeel_member_", samples));
    }

    private static Stream<MetricSnapshot> ofPicks(String prefix, List<TrafficSample> samples) {
        return Stream.concat(
                Stream.of(gauge(prefix, ACTIVE, samples)),
                OF_PICKS.stream().map(family -> counter(prefix, family, samples)));
    }

    private static MetricSnapshot counter(String prefix, Family family, List<TrafficSample> samples) {
        var counter = CounterSnapshot.builder().name(prefix + family.name).help(family.help);
        samples.forEach(sample -> counter.dataPoint(count(sample, family.count, labels(sample.key()))));
        return counter.build();
    }

    private static MetricSnapshot gauge(String prefix, Family family, List<TrafficSample> samples) {
        var gauge = GaugeSnapshot.builder().name(prefix + family.name).help(family.help);
        samples.forEach(sample -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .value((double) sample.get(family.count))
                .labels(labels(sample.key()))
                .build()));
        return gauge.build();
    }

    private static MetricSnapshot handshakes(List<TrafficSample> samples) {
        var counter = CounterSnapshot.builder()
                .name("evenkeel_tls_handshakes")
                .help("Handshakes of TLS clients by how they ended");
        return ofThoseWithAny(samples, counter, "result", HANDSHAKES);
    }

    private static MetricSnapshot refusals(List<TrafficSample> samples) {
        var counter = CounterSnapshot.builder()
                .name("evenkeel_connections_refused")
                .help("Connections of clients that were refused, or ended, by the listener's IP group or its limits");
        return ofThoseWithAny(samples, counter, "reason", REFUSALS);
    }

    /** Of listeners that had any. */
    private static MetricSnapshot ofThoseWithAny(
            List<TrafficSample> samples, CounterSnapshot.Builder counter, String label, Map<String, Count> counts) {
        for (var sample : samples) {
            if (counts.values().stream().anyMatch(count -> sample.get(count) != 0)) {
                var labels = labels(sample.key());
                counts.forEach((value, count) -> counter.dataPoint(count(sample, count, labels.add(label, value))));
            }
        }
        return counter.build();
    }

    private static MetricSnapshot requests(String prefix, List<TrafficSample> samples) {
        var requests = CounterSnapshot.builder()
                .name(prefix + "requests")
                .help("Requests by the class of their response's status");
        for (var sample : samples) {
            var labels = labels(sample.key());
            CODES.forEach((code, count) -> {
                if (sample.key().poolId() != null || sample.get(count) != 0) {
                    requests.dataPoint(count(sample, count, labels.add("code", code)));
                }
            });
        }
        return requests.build();
    }

    private static CounterDataPointSnapshot count(TrafficSample sample, Count count, Labels labels) {
        return CounterDataPointSnapshot.builder()
                .value((double) sample.get(count))
                .labels(labels)
                .build();
    }

    private static MetricSnapshot durations(List<TrafficSample> samples) {
        var durations = HistogramSnapshot.builder()
                .name("evenkeel_response_duration_seconds")
                .help("From the end of a request's head to the end of its response");
        samples.stream()
                .filter(Histogram::hasResponses)
                .forEach(sample -> durations.dataPoint(Histogram.of(sample, labels(sample.key()))));
        return durations.build();
    }

    private static Labels labels(TrafficKey key) {
        var ids = Labels.builder().label("listener_id", key.listenerId().toString());
        if (key.poolId() != null) {
            ids.label("pool_id", key.poolId().toString());
        }
        if (key.memberId() != null) {
            ids.label("member_id", key.memberId().toString());
        }
        return ids.build();
    }
}
