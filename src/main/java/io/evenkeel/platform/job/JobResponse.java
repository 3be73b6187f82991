package io.evenkeel.platform.job;

import java.util.List;
import java.util.UUID;

/**
 * A job as clients see it.
 *
 * @param status SUCCESS: what failed was rolled back and left no job
 * @param errorCode empty, like {@code errorMsg}
 * @param subJobs one for each resource that was written
 */
record JobResponse(
        UUID jobId,
        String jobType,
        String status,
        String beginTime,
        String endTime,
        String errorCode,
        String errorMsg,
        String projectId,
        String resourceId,
        List<SubJob> subJobs) {

    record SubJob(
            UUID jobId,
            String jobType,
            String status,
            String beginTime,
            String endTime,
            String errorCode,
            String errorMsg,
            String projectId,
            String resourceId,
            List<Entity> entities) {}

    record Entity(String resourceId, String resourceType) {}
}
