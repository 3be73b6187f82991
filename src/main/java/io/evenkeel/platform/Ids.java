package io.evenkeel.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Ids of our own resources: UUID version 7 (RFC 9562 §5.7), so that the order of ids is the order of creation. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private Ids() {}

    /** A new id; ids made by one process grow strictly. */
    public static UUID next(Clock clock) {
        long stamp = stamp(clock.millis());
        long high = (stamp >>> 12 << 16) | 0x7000 | (stamp & 0xfff);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Milliseconds and a 12-bit counter that runs on within one millisecond. */
    private static synchronized long stamp(long millis) {
        last = Math.max(last + 1, millis << 12);
        return last;
    }

    /** The id that the text spells in its canonical form, or empty: what is no id can name nothing. */
    public static Optional<UUID> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
