package io.evenkeel.diagnosis;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/members")
@Tag(name = "Members")
class MemberCheckController {

    private final MemberCheckService service;

    MemberCheckController(MemberCheckService service) {
        this.service = service;
    }

    /**
     * What shall be checked.
     *
     * @param subject {@code config} or {@code all}, which is the same here
     */
    record CreateMemberCheckRequest(
            @NotNull @Size(min = 1, max = 64, message = "must be an id")
            String listenerId,

            @NotNull
            @Pattern(
                    regexp = "^(config|all)$",
                    message = "must be config or all: this installation has no security groups and no network ACLs")
            String subject) {}

    record CreateMemberCheckEnvelope(@NotNull @Valid CreateMemberCheckRequest memberCheck) {}

    record MemberCheckJob(String jobId) {}

    record MemberCheckJobAnswer(MemberCheckJob memberCheck, String requestId) {}

    record MemberCheckJobInfoAnswer(MemberCheckJobInfo memberCheck, String requestId) {}

    @PostMapping("/{member_id}/health-check")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "CreateMemberHealthCheckJob",
            summary = "Check a member once, now, as its pool's monitor says",
            description = "A worker takes the job within ten seconds, or it fails with NO_WORKER. Jobs are kept a day.")
    MemberCheckJobAnswer create(
            @PathVariable("project_id") String projectId,
            @PathVariable("member_id") UUID memberId,
            @Valid @RequestBody CreateMemberCheckEnvelope body) {
        var id = service.ask(projectId, memberId, body.memberCheck().listenerId());
        return new MemberCheckJobAnswer(new MemberCheckJob(id.toString()), RequestId.current());
    }

    @GetMapping("/check/jobs/{job_id}")
    @Operation(operationId = "ShowMemberHealthCheckJob", summary = "Show what a check of a member found")
    MemberCheckJobInfoAnswer show(@PathVariable("project_id") String projectId, @PathVariable("job_id") UUID jobId) {
        return new MemberCheckJobInfoAnswer(service.show(projectId, jobId), RequestId.current());
    }
}
