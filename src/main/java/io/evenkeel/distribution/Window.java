package io.evenkeel.distribution;

import io.evenkeel.platform.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The time that an answer is to tell of: the last so and so long.
 *
 * @param asked as it was written, such as 10m
 */
public record Window(String asked, Duration length) {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofHours(24);

    /**
     * The value of the name {@code window}, which has the shape of a duration.
     *
     * <p>Errors: INVALID_INPUT when it is shorter than a minute or longer than a day.
     */
    public static Window of(Map<String, List<String>> query, String otherwise) {
        var asked = query.getOrDefault("window", List.of(otherwise)).getFirst();
        int amount = Integer.parseInt(asked, 0, asked.length() - 1, 10);
        var length = switch (asked.charAt(asked.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (length.compareTo(LEAST) < 0 || length.compareTo(MOST) > 0) {
            throw ErrorCode.INVALID_INPUT.with("window", "must be 1m..24h");
        }
        return new Window(asked, length);
    }

    public Instant beginBefore(Instant now) {
        return now.minus(length);
    }
}
