package io.evenkeel.agentsync.metrics;

import io.evenkeel.dataplane.MemberHealth;
import io.evenkeel.dataplane.Worker;
import io.evenkeel.dataplane.accesslog.AccessLog;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What Prometheus sees of the worker: read from it when asked, so nothing is kept twice. */
@Component
public class WorkerMetrics {

    private final MemberSeries members;
    private volatile @Nullable Worker worker;

    /** @param registry absent when the export to Prometheus is switched off */
    WorkerMetrics(ObjectProvider<PrometheusRegistry> registry, MetricsProperties properties) {
        this.members = new MemberSeries(properties.memberSeries());
        registry.ifAvailable(present -> present.register(this::collect));
    }

    /** This worker, until {@link #hide}, which must come before it closes. */
    public void show(Worker shown) {
        worker = shown;
    }

    public void hide() {
        worker = null;
    }

    private synchronized MetricSnapshots collect() {
        var shown = worker;
        if (shown == null) {
            return MetricSnapshots.of();
        }
        var samples = shown.traffic().read();
        var ofMembers = samples.stream()
                .filter(sample -> sample.key().memberId() != null)
                .toList();
        var chosen = members.choose(ofMembers);
        return new MetricSnapshots(Stream.of(
                        TrafficFamilies.ofPools(TrafficSample.byPool(samples)),
                        TrafficFamilies.ofMembers(chosen),
                        Stream.of(
                                leftOut(ofMembers.size() - chosen.size()),
                                health(shown.health()),
                                standIns(shown.standIns())),
                        accessLog(shown.accessLog()))
                .flatMap(families -> families)
                .toList());
    }

    private static MetricSnapshot leftOut(int count) {
        return GaugeSnapshot.builder()
                .name("evenkeel_member_series_left_out")
                .help("Members whose traffic is shown in their pool's sums alone")
                .dataPoint(GaugeDataPointSnapshot.builder().value(count).build())
                .build();
    }

    private static Stream<MetricSnapshot> accessLog(AccessLog log) {
        return Stream.of(
                counter("evenkeel_access_log_lines", "Lines that were written to the access log", log.written()),
                counter(
                        "evenkeel_access_log_lines_dropped",
                        "Lines that were not written, for want of room or because the output failed",
                        log.dropped()));
    }

    private static MetricSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static MetricSnapshot health(List<MemberHealth> members) {
        var pools = new TreeMap<UUID, int[]>();
        members.forEach(
                member -> pools.computeIfAbsent(member.poolId(), id -> new int[2])[member.isOnline() ? 1 : 0]++);
        var gauge = GaugeSnapshot.builder()
                .name("evenkeel_pool_members")
                .help("Members that this worker checks, by what it holds them for");
        pools.forEach((pool, counts) -> {
            gauge.dataPoint(counted(pool, "offline", counts[0]));
            gauge.dataPoint(counted(pool, "online", counts[1]));
        });
        return gauge.build();
    }

    private static MetricSnapshot standIns(Map<UUID, StandIn> byPool) {
        var gauge = GaugeSnapshot.builder()
                .name("evenkeel_pool_stand_in")
                .help("1 for a pool in which others take traffic than those who are there for it");
        new TreeMap<>(byPool)
                .forEach((pool, why) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .value(1)
                        .labels(Labels.of("pool_id", pool.toString(), "why", why.name()))
                        .build()));
        return gauge.build();
    }

    private static GaugeDataPointSnapshot counted(UUID pool, String status, int count) {
        return GaugeDataPointSnapshot.builder()
                .value(count)
                .labels(Labels.of("pool_id", pool.toString(), "status", status))
                .build();
    }
}
