package io.evenkeel.diagnosis;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Members")
class MemberHealthController {

    private final MemberHealthService service;

    MemberHealthController(MemberHealthService service) {
        this.service = service;
    }

    record MemberHealthAnswer(MemberHealthTold health, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/pools/{pool_id}/members/{member_id}/health")
    @Operation(
            operationId = "ShowMemberHealth",
            summary = "Shows which worker sees what of a member",
            description = """
                    An extension of ours. A member is ONLINE while at least one worker sees it healthy, and OFFLINE when \
                    none does or its server does not run. A worker checks the members of the pools that it needs; one \
                    that is gone is forgotten a minute after it was heard last, and what it saw with it.""")
    MemberHealthAnswer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @PathVariable("member_id") UUID memberId) {
        return new MemberHealthAnswer(service.show(projectId, poolId, memberId), RequestId.current());
    }
}
