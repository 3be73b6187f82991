package io.evenkeel.topology.receipts;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.platform.write.WaitTime;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb")
class ReceiptsController {

    private final ReceiptsService service;
    private final LoadBalancerNames loadBalancerNames;
    private final PoolNames poolNames;

    ReceiptsController(ReceiptsService service, LoadBalancerNames loadBalancerNames, PoolNames poolNames) {
        this.service = service;
        this.loadBalancerNames = loadBalancerNames;
        this.poolNames = poolNames;
    }

    @Component
    static class LoadBalancerNames extends QueryNames {
        LoadBalancerNames() {
            super("ShowLoadBalancerReceipts");
            one(WaitTime.NAME, Filter.Type.DURATION);
        }
    }

    @Component
    static class PoolNames extends QueryNames {
        PoolNames() {
            super("ShowPoolReceipts");
            one(WaitTime.NAME, Filter.Type.DURATION);
        }
    }

    record ReceiptsAnswer(ReceiptsResponse receipts, String requestId) {}

    @GetMapping("/loadbalancers/{loadbalancer_id}/receipts")
    @Tag(name = "Load balancers")
    @Operation(
            operationId = "ShowLoadBalancerReceipts",
            summary = "Shows which workers serve the load balancer as it is configured",
            description =
                    "Of each worker the generation that it has taken over, and the one that every event loop of it was"
                            + " seen to serve: asked over a connection to each listener's own port. With `wait` (1s..60s) the"
                            + " answer comes when every live worker serves it, or when the time is over.")
    ReceiptsAnswer ofLoadBalancer(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestParam MultiValueMap<String, String> query) {
        var patience = patience(loadBalancerNames, query);
        return new ReceiptsAnswer(service.ofLoadBalancer(projectId, loadBalancerId, patience), RequestId.current());
    }

    @GetMapping("/pools/{pool_id}/receipts")
    @Tag(name = "Pools")
    @Operation(
            operationId = "ShowPoolReceipts",
            summary = "Shows which workers serve the pool as it is configured",
            description =
                    "Of each worker the generation that it has taken over, and the one that every event loop of it was"
                            + " seen to pick members by: asked over a connection to a port that leads to the pool, where one does."
                            + " With `wait` (1s..60s) the answer comes when every live worker serves it, or when the time is"
                            + " over.")
    ReceiptsAnswer ofPool(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestParam MultiValueMap<String, String> query) {
        return new ReceiptsAnswer(service.ofPool(projectId, poolId, patience(poolNames, query)), RequestId.current());
    }

    private static Optional<Duration> patience(QueryNames names, MultiValueMap<String, String> query) {
        return WaitTime.of(names.read(query).getOrDefault(WaitTime.NAME, List.of()));
    }
}
