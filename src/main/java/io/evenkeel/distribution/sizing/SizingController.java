package io.evenkeel.distribution.sizing;

import io.evenkeel.distribution.Window;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Pools")
class SizingController {

    private static final String ONE_DAY = "24h";

    private final SizingService service;
    private final Names names;

    SizingController(SizingService service, Names names) {
        this.service = service;
        this.names = names;
    }

    @Component("sizingNames")
    static class Names extends QueryNames {
        Names() {
            super("ShowPoolSizing");
            one("window", Filter.Type.DURATION);
            one("member_capacity", Filter.Type.INTEGER);
        }
    }

    record PoolSizingAnswer(PoolSizing sizing, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/pools/{pool_id}/sizing")
    @Operation(
            operationId = "ShowPoolSizing",
            summary = "Shows how few members serve every availability zone and survive the loss of any one",
            description = "At the highest load of the last 24 hours, or of the window asked for, 1m..24h. A member is"
                    + " taken to carry what one was seen to carry, or member_capacity: requests per second (HTTP, GRPC)"
                    + " or open connections that a member of the highest weight can carry.")
    PoolSizingAnswer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestParam MultiValueMap<String, String> query) {
        var given = names.read(query);
        var window = Window.of(given, ONE_DAY);
        return new PoolSizingAnswer(service.show(projectId, poolId, window, capacity(given)), RequestId.current());
    }

    private static OptionalInt capacity(Map<String, List<String>> given) {
        var capacity = given.get("member_capacity");
        if (capacity == null) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(capacity.getFirst());
        if (value < 1) {
            throw ErrorCode.INVALID_INPUT.with("member_capacity", "must be 1 or more");
        }
        return OptionalInt.of(value);
    }
}
