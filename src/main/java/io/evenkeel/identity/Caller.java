package io.evenkeel.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request under way.
 *
 * @param projectId the project that the credentials belong to; an admin may act in others
 * @param accessKeyId the access key that signed the request, null when a token came with it
 * @param tokenId the id (not the text) of that token, null when the request was signed
 */
public record Caller(
        String projectId,
        Role role,
        @Nullable String accessKeyId,
        @Nullable UUID tokenId) {

    public static Caller withAccessKey(String projectId, Role role, String accessKeyId) {
        return new Caller(projectId, role, accessKeyId, null);
    }

    public static Caller withToken(String projectId, Role role, UUID tokenId) {
        return new Caller(projectId, role, null, tokenId);
    }
}
