package io.evenkeel.platform;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times on the wire: {@code yyyy-MM-dd'T'HH:mm:ss'Z'}, UTC, no fraction (wire contract, filters.md §5). */
public final class Timestamps {

    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String onWire(Instant instant) {
        return WIRE.format(instant);
    }
}
