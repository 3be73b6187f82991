package io.evenkeel.certificate.policy;

import java.util.List;
import java.util.UUID;

/** A custom security policy as clients see it (wire contract, resources.md §10). */
record SecurityPolicyResponse(
        UUID id,
        String projectId,
        String name,
        String description,
        List<ListenerRef> listeners,
        List<String> protocols,
        List<String> ciphers,
        String createdAt,
        String updatedAt) {

    /** A listener that uses the policy, by its id. */
    record ListenerRef(UUID id) {}
}
