package io.evenkeel.distribution;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Pools")
class DistributionController {

    private static final String TEN_MINUTES = "10m";

    private final DistributionService service;
    private final Names names;

    DistributionController(DistributionService service, Names names) {
        this.service = service;
        this.names = names;
    }

    @Component
    static class Names extends QueryNames {
        Names() {
            super("ShowPoolDistribution");
            one("window", Filter.Type.DURATION);
        }
    }

    record PoolDistributionAnswer(PoolDistribution distribution, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/pools/{pool_id}/distribution")
    @Operation(
            operationId = "ShowPoolDistribution",
            summary = "Shows whether a pool's traffic is balanced, and what unbalances it",
            description = "Of the last 10 minutes, or of the window asked for, 1m..24h. Each share is a part of 1.")
    PoolDistributionAnswer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestParam MultiValueMap<String, String> query) {
        var window = Window.of(names.read(query), TEN_MINUTES);
        return new PoolDistributionAnswer(service.show(projectId, poolId, window), RequestId.current());
    }
}
