package io.evenkeel.status;

import java.util.UUID;

/**
 * Something that a worker holds and does not serve.
 *
 * @param reason a code, such as PORT_IN_USE
 * @param message a sentence for people
 */
public record Rejection(Kind kind, UUID resourceId, long generation, String reason, String message) {

    /** What is rejected. The names are stored. */
    public enum Kind {
        LOAD_BALANCER,
        LISTENER,
        POOL
    }
}
