package io.evenkeel.audit;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened of itself.
 *
 * @param key names this happening and no other, on whichever node it is seen: such as {@code member/<id>/7} for the
 *     seventh change of a member, {@code certificate/<id>/<serial>/30} for the notice 30 days ahead
 * @param resourceKind as in errors and paths: {@code member}, {@code loadbalancer}, …
 * @param message a sentence for people
 * @param details what a program wants to read of it, by names as on the wire
 */
public record Event(
        String key,
        EventKind kind,
        String projectId,
        String resourceKind,
        String resourceId,
        Instant happenedAt,
        String message,
        Map<String, Object> details) {

    public Event {
        details = Map.copyOf(details);
    }
}
