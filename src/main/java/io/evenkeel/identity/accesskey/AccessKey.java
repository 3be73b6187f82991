package io.evenkeel.identity.accesskey;

import io.evenkeel.identity.Role;
import java.time.Instant;

/** What is known of an access key in the open: everything but its secret. */
public record AccessKey(String accessKey, String projectId, Role role, String description, Instant createdAt) {}
