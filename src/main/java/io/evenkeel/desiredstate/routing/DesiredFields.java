package io.evenkeel.desiredstate.routing;

import java.util.List;

/** Header fields that are taken away, and others that are written in place of those of the same name. */
public record DesiredFields(List<String> removed, List<Inserted> inserted) {

    public static final DesiredFields NONE = new DesiredFields(List.of(), List.of());

    /** @param value a text, the name of a field of the request, or of something that the load balancer knows */
    public record Inserted(String name, Source source, String value) {}

    /** Where a value is from. */
    public enum Source {
        TEXT,
        /** Nothing is written where the request has no such field. */
        REQUEST_FIELD,
        /** CLIENT-PORT, CLIENT-IP, ELB-PROTOCOL, ELB-ID, ELB-PORT, ELB-VIP; for other names nothing is written. */
        LOAD_BALANCER
    }

    public DesiredFields {
        removed = List.copyOf(removed);
        inserted = List.copyOf(inserted);
    }

    public boolean isEmpty() {
        return removed.isEmpty() && inserted.isEmpty();
    }
}
