package io.evenkeel.audit.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which events a stream wants: the filters of the list, for events that are at hand. */
final class EventChoice {

    private final Predicate<EventResponse> condition;

    /** @param filters values by name, as {@link EventFilters} declares them */
    EventChoice(Map<String, List<String>> filters) {
        condition = filters.entrySet().stream()
                .map(filter -> condition(filter.getKey(), filter.getValue()))
                .reduce(event -> true, Predicate::and);
    }

    boolean includes(EventResponse event) {
        return condition.test(event);
    }

    private static Predicate<EventResponse> condition(String name, List<String> values) {
        return switch (name) {
            case "id" -> event -> values.contains(event.id().toString());
            case "kind" -> event -> values.contains(event.kind());
            case "resource_kind" -> event -> values.contains(event.resourceKind());
            case "resource_id" -> event -> values.contains(event.resourceId());
            case "since" -> notBefore(Instant.parse(values.getFirst()));
            case "until" -> notBefore(Instant.parse(values.getFirst())).negate();
            default -> throw new IllegalStateException("A filter of the list that streams do not know: " + name);
        };
    }

    private static Predicate<EventResponse> notBefore(Instant moment) {
        return event -> !Instant.parse(event.happenedAt()).isBefore(moment);
    }
}
