package io.evenkeel.agentsync;

import io.evenkeel.agentsync.placement.LiveWorker;
import io.evenkeel.dataplane.WorkerOptions.VipBinding;
import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.dataplane.transport.kind.TransportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The worker in this process.
 *
 * @param id unique in the installation and kept over restarts; default: made at the first start and kept in the home
 * @param availabilityZone where it runs; null when that is not said: then it serves load balancers of every zone
 * @param replicasPerZone how many workers of its zone serve a load balancer; null: all. The same at every worker
 * @param lostAfter how long another worker may be silent before its share is taken; 3 s to 1 min
 * @param vipBinding {@code address} binds the VIP, which must be on this host; {@code wildcard} binds all addresses
 * @param eventLoops threads that carry traffic; 0: one for each core
 * @param transport the kind of sockets; {@code auto} takes the fastest that this process can have
 * @param leaveAfter how long a worker that is to end serves on after it said so at {@code /vips/{address}}
 * @param accessLog where it writes the access log of load balancers that have a log stream
 */
@ConfigurationProperties("evenkeel.worker")
record WorkerProperties(
        @Nullable String id,
        @Nullable String availabilityZone,
        @Nullable Integer replicasPerZone,
        @DefaultValue("10s") Duration lostAfter,
        @DefaultValue("address") VipBinding vipBinding,
        @DefaultValue("0") int eventLoops,
        @DefaultValue("auto") TransportKind transport,
        @DefaultValue("0s") Duration leaveAfter,
        @DefaultValue AccessLog accessLog) {

    /**
     * The access log.
     *
     * @param file appended to, and opened anew when it was moved away; null: standard output
     * @param queueLines of each event loop may wait to be written; what comes beyond is dropped and counted
     */
    record AccessLog(
            @Nullable Path file, @DefaultValue("8192") int queueLines) {

        AccessLog {
            if (queueLines < 1 || queueLines > 1 << 20) {
                throw new IllegalArgumentException(
                        "evenkeel.worker.access-log.queue-lines must be 1..1048576, got " + queueLines);
            }
        }

        AccessLogOptions options() {
            return new AccessLogOptions(file, queueLines);
        }
    }

    WorkerProperties {
        availabilityZone = availabilityZone == null || availabilityZone.isBlank() ? null : availabilityZone.strip();
        if (replicasPerZone != null && replicasPerZone < 1) {
            throw new IllegalArgumentException(
                    "evenkeel.worker.replicas-per-zone must be at least 1, got " + replicasPerZone);
        }
        if (lostAfter.compareTo(Duration.ofSeconds(3)) < 0 || lostAfter.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("evenkeel.worker.lost-after must be 3s..1m, got " + lostAfter);
        }
        if (eventLoops < 0 || eventLoops > 1024) {
            throw new IllegalArgumentException("evenkeel.worker.event-loops must be 0..1024, got " + eventLoops);
        }
        if (leaveAfter.isNegative() || leaveAfter.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("evenkeel.worker.leave-after must be 0s..10m, got " + leaveAfter);
        }
    }

    /** This worker among the others. */
    LiveWorker among(String workerId) {
        return new LiveWorker(
                workerId,
                Optional.ofNullable(availabilityZone),
                replicasPerZone == null ? LiveWorker.ALL : replicasPerZone);
    }
}
