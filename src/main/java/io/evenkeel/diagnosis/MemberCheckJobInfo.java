package io.evenkeel.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question and its answer as clients read them. Of the vendor's three groups of checks only {@code config} exists
 * here: there are no security groups and no network ACLs.
 *
 * @param status {@code processing}, {@code processed}, or {@code failed} when no answer will come
 */
record MemberCheckJobInfo(
        String jobId,
        String memberId,
        String listenerId,
        String status,
        @Nullable @JsonInclude(JsonInclude.Include.NON_NULL) Result result,
        String createdAt,
        String updatedAt,
        int checkItemTotalNum,
        int checkItemFinishedNum,
        Details evenkeel) {

    record Result(Group config) {}

    record Group(boolean checkResult, List<Item> checkItems, String checkStatus) {}

    /** What is wrong. */
    record Item(
            String name,
            String reason,
            String severity,
            String subject,
            String jobId,
            String reasonTemplate,
            List<String> reasonParams) {}

    /**
     * What the check really saw.
     *
     * @param reasonCode as in a member's {@code reason}; and {@code NO_WORKER} when none took the question within ten
     *     seconds, {@code WORKER_LOST} when one took it and is gone, {@code NOT_SERVED} for a type of check that workers
     *     do not know, {@code WORKER_TROUBLE} when the trouble was the worker's own
     */
    record Details(
            @Nullable String reasonCode,
            @Nullable String expectedResponse,
            @Nullable String healthcheckResponse,
            @Nullable Long durationMillis,
            @Nullable String workerId) {}
}
