package io.evenkeel.platform.job;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/jobs")
@Tag(name = "Jobs")
class JobController {

    private final ListQueries lists;
    private final JobFilters filters;
    private final JobReads jobs;

    JobController(ListQueries lists, JobFilters filters, JobReads jobs) {
        this.lists = lists;
        this.filters = filters;
        this.jobs = jobs;
    }

    record JobAnswer(JobResponse job, String requestId) {}

    record JobListAnswer(List<JobResponse> jobs, PageInfo pageInfo, String requestId) {}

    @GetMapping
    @Operation(operationId = "ListJobs", summary = "Lists what calls about several resources did, for a week")
    JobListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new JobListAnswer(jobs.read(projectId, page.uuids()), page.info(), RequestId.current());
    }

    @GetMapping("/{job_id}")
    @Operation(operationId = "ShowJob", summary = "Shows one job")
    JobAnswer show(@PathVariable("project_id") String projectId, @PathVariable("job_id") UUID jobId) {
        return jobs.read(projectId, List.of(jobId)).stream()
                .findFirst()
                .map(job -> new JobAnswer(job, RequestId.current()))
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("job", jobId));
    }
}
