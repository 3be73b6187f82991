package io.evenkeel.identity.token;

import io.evenkeel.identity.Role;
import java.time.Instant;
import java.util.UUID;

/** What is known of a token: everything but its text. */
public record Token(UUID id, String projectId, Role role, String description, Instant createdAt, Instant expiresAt) {}
