package io.evenkeel.agentsync.workers;

import io.evenkeel.agentsync.placement.PlacedWorkers;
import io.evenkeel.agentsync.placement.PlacedWorkers.KnownWorker;
import io.evenkeel.agentsync.workers.WorkerResponse.WorkerLoadBalancer;
import io.evenkeel.platform.Timestamps;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists workers: two statements, whatever their number. */
@Service
class WorkerReadService {

    private final PlacedWorkers placed;

    WorkerReadService(PlacedWorkers placed) {
        this.placed = placed;
    }

    @Transactional(readOnly = true)
    List<WorkerResponse> all(String projectId) {
        return placed.of(projectId).stream().map(WorkerReadService::response).toList();
    }

    /** Those that one of these load balancers falls to. */
    @Transactional(readOnly = true)
    List<WorkerResponse> of(String projectId, Collection<String> loadBalancerIds) {
        var ids = loadBalancerIds.stream().map(UUID::fromString).toList();
        return placed.of(projectId).stream()
                .filter(worker -> worker.loadBalancers().stream().anyMatch(ids::contains))
                .map(WorkerReadService::response)
                .toList();
    }

    private static WorkerResponse response(KnownWorker worker) {
        return new WorkerResponse(
                worker.id(),
                worker.zone().orElse(null),
                worker.replicasPerZone().orElse(null),
                Timestamps.onWire(worker.startedAt()),
                Timestamps.onWire(worker.heartbeatAt()),
                worker.state().onWire(),
                worker.watermark(),
                worker.loadBalancers().stream().map(WorkerLoadBalancer::new).toList());
    }
}
