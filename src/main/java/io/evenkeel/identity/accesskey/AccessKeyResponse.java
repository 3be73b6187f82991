package io.evenkeel.identity.accesskey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.paging.PageInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access key as clients see it.
 *
 * @param secretKey in the answer to its creation alone
 */
record AccessKeyResponse(
        String accessKey,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secretKey,
        String projectId,
        String role,
        String description,
        String createdAt) {

    @Override
    public String toString() {
        return "AccessKeyResponse[" + accessKey + "]";
    }

    /** The body of an answer about one access key. */
    record AccessKeyAnswer(AccessKeyResponse accessKey, String requestId) {}

    /** The body of a list. */
    record AccessKeyListAnswer(List<AccessKeyResponse> accessKeys, PageInfo pageInfo, String requestId) {}
}
