package io.evenkeel.topology.graph;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Load balancers")
class GraphController {

    private final GraphService service;
    private final GraphQuery.Names names;

    GraphController(GraphService service, GraphQuery.Names names) {
        this.service = service;
        this.names = names;
    }

    record TopologyAnswer(Graph topology, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/loadbalancers/{loadbalancer_id}/topology")
    @Operation(
            operationId = "ShowLoadBalancerTopology",
            summary = "Shows a load balancer, its listeners, and the pools behind them as a graph")
    TopologyAnswer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestParam MultiValueMap<String, String> query) {
        return new TopologyAnswer(service.show(projectId, loadBalancerId, names.query(query)), RequestId.current());
    }
}
