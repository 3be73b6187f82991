package io.evenkeel.platform.write;

import io.evenkeel.platform.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a caller is ready to wait: the query name {@code wait}. */
public final class WaitTime {

    public static final String NAME = "wait";
    public static final String RULE = "must be 1s..60s";

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]?)s");
    private static final int MOST_SECONDS = 60;

    private WaitTime() {}

    /**
     * Errors: INVALID_INPUT naming {@code wait}.
     *
     * @param values as they stand in the query
     */
    public static Optional<Duration> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var value = SHAPE.matcher(values.getFirst());
        if (values.size() > 1 || !value.matches() || Integer.parseInt(value.group(1)) > MOST_SECONDS) {
            throw ErrorCode.INVALID_INPUT.with(NAME, RULE);
        }
        return Optional.of(Duration.ofSeconds(Integer.parseInt(value.group(1))));
    }
}
