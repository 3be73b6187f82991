package io.evenkeel.loadbalancer.batch;

import io.evenkeel.loadbalancer.rest.LoadBalancerService;
import io.evenkeel.platform.job.JobType;
import io.evenkeel.platform.job.Jobs;
import io.evenkeel.platform.write.Warnings;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates several load balancers in one transaction: all or none. */
@Service
class BatchCreateService {

    private final LoadBalancerService loadBalancers;
    private final Jobs jobs;
    private final Clock clock;

    BatchCreateService(LoadBalancerService loadBalancers, Jobs jobs, Clock clock) {
        this.loadBalancers = loadBalancers;
        this.jobs = jobs;
        this.clock = clock;
    }

    record Created(List<UUID> ids, UUID jobId) {}

    /** Errors: as for one load balancer. */
    @Transactional
    Created create(String projectId, BatchCreateLoadBalancersRequest request) {
        var begun = clock.instant();
        var ids = request.single().stream()
                .map(single -> loadBalancers.create(projectId, single).id())
                .toList();
        if (request.bandwidth() != null) {
            Warnings.add(
                    "NOT_IN_EFFECT", "loadbalancer.bandwidth: whoever owns the elastic addresses owns their bandwidth");
        }
        var job = jobs.finished(
                projectId,
                JobType.BATCH_CREATE_LOADBALANCER,
                begun,
                ids.getFirst().toString(),
                ids);
        return new Created(ids, job);
    }
}
