package io.evenkeel.agentsync.workers;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Workers", description = "Who carries the traffic")
class WorkerController {

    private final WorkerReadService workers;
    private final Names names;

    WorkerController(WorkerReadService workers, Names names) {
        this.workers = workers;
        this.names = names;
    }

    @Component
    static class Names extends QueryNames {
        Names() {
            super("ListWorkers");
            one("loadbalancer_id", Filter.Type.UUID);
        }
    }

    record WorkerListAnswer(List<WorkerResponse> workers, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/workers")
    @Operation(
            operationId = "ListWorkers",
            summary = "Lists the workers and the project's load balancers that fall to each",
            description = """
                    An extension of ours. A worker serves the load balancers of its availability zone, or of all zones \
                    when it was given none; with evenkeel.worker.replicas-per-zone each load balancer has so many of a \
                    zone's workers. With loadbalancer_id only the workers to which that one falls.""")
    WorkerListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var asked = names.read(query).get("loadbalancer_id");
        return new WorkerListAnswer(
                asked == null ? workers.all(projectId) : workers.of(projectId, asked), RequestId.current());
    }
}
