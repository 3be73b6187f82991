package io.evenkeel.identity.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.paging.PageInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as clients see it.
 *
 * @param token its text, in the answer to its creation alone
 */
record TokenResponse(
        UUID id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,
        String projectId,
        String role,
        String description,
        String createdAt,
        String expiresAt) {

    @Override
    public String toString() {
        return "TokenResponse[" + id + "]";
    }

    /** The body of an answer about one token. */
    record TokenAnswer(TokenResponse token, String requestId) {}

    /** The body of a list. */
    record TokenListAnswer(List<TokenResponse> tokens, PageInfo pageInfo, String requestId) {}
}
