package io.evenkeel.topology.receipts;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Advanced;
import io.evenkeel.platform.write.ServingWaits;
import io.evenkeel.status.receipt.Receipt;
import io.evenkeel.status.receipt.Receipt.Serving;
import io.evenkeel.status.receipt.Receipt.Subject;
import io.evenkeel.status.receipt.ReceiptReads;
import io.evenkeel.status.receipt.WorkerReceipt;
import io.evenkeel.topology.receipts.ReceiptsResponse.WorkerReceiptAnswer;
import io.evenkeel.topology.receipts.ReceiptsResponse.WorkerRejectionAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Joins what is configured with what workers say of it. Each read is a transaction of its own: they may wait between. */
@Service
class ReceiptsService {

    private final JdbcClient jdbc;
    private final ReceiptReads receipts;
    private final RejectionReads rejections;
    private final ServingWaits waits;

    ReceiptsService(JdbcClient jdbc, ReceiptReads receipts, RejectionReads rejections, ServingWaits waits) {
        this.jdbc = jdbc;
        this.receipts = receipts;
        this.rejections = rejections;
        this.waits = waits;
    }

    /** Errors: NOT_FOUND. */
    ReceiptsResponse ofLoadBalancer(String projectId, UUID id, Optional<Duration> patience) {
        var sql = "select generation from load_balancer where id = :id and project_id = :project";
        await(Advanced.Kind.LOAD_BALANCER, id, generation(sql, "loadbalancer", projectId, id), patience);
        var desired = generation(sql, "loadbalancer", projectId, id);
        return response(new Subject(Receipt.Kind.LOAD_BALANCER, id), desired, rejections.ofLoadBalancer(id));
    }

    /** Errors: NOT_FOUND. */
    ReceiptsResponse ofPool(String projectId, UUID id, Optional<Duration> patience) {
        var sql = "select generation from pool where id = :id and project_id = :project";
        await(Advanced.Kind.POOL, id, generation(sql, "pool", projectId, id), patience);
        var desired = generation(sql, "pool", projectId, id);
        return response(new Subject(Receipt.Kind.POOL, id), desired, rejections.ofPool(id));
    }

    private void await(Advanced.Kind kind, UUID id, long generation, Optional<Duration> patience) {
        patience.ifPresent(atMost -> waits.await(List.of(new Advanced(kind, id, generation)), atMost));
    }

    private long generation(String sql, String resource, String projectId, UUID id) {
        return jdbc.sql(sql)
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> row.getLong(1))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(resource, id));
    }

    private ReceiptsResponse response(
            Subject subject, long desired, Map<String, List<WorkerRejectionAnswer>> rejected) {
        var workers = receipts.of(List.of(subject)).getOrDefault(subject, List.of());
        boolean isServed = !WorkerReceipt.isNobodyLive(workers)
                && WorkerReceipt.missing(workers, desired).isEmpty();
        return new ReceiptsResponse(
                subject.id(),
                desired,
                isServed,
                workers.stream()
                        .map(worker -> answer(worker, desired, rejected.getOrDefault(worker.workerId(), List.of())))
                        .toList());
    }

    private static WorkerReceiptAnswer answer(
            WorkerReceipt worker, long desired, List<WorkerRejectionAnswer> rejected) {
        var receipt = worker.receipt();
        var serving = receipt.flatMap(Receipt::serving);
        return new WorkerReceiptAnswer(
                worker.workerId(),
                worker.zone().orElse(null),
                worker.isLive(),
                worker.isPlaced(),
                state(worker, desired, rejected),
                desired,
                receipt.map(Receipt::applied).orElse(null),
                serving.map(Serving::generation).orElse(null),
                serving.map(Serving::since).map(Timestamps::onWire).orElse(null),
                receipt.flatMap(Receipt::trouble).orElse(null),
                rejected);
    }

    private static String state(WorkerReceipt worker, long desired, List<WorkerRejectionAnswer> rejected) {
        if (worker.isServing(desired)) {
            return "SERVING";
        } else if (worker.isStandby() && worker.holds(desired)) {
            return "STANDBY";
        } else if (!rejected.isEmpty()) {
            return "REJECTED";
        }
        return worker.holds(desired) ? "APPLIED" : "PENDING";
    }
}
