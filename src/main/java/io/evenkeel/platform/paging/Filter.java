package io.evenkeel.platform.paging;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One query name of a list operation.
 *
 * @param name as on the wire
 * @param sql condition over {@code :name}, a text array of the values given
 * @param isRepeatable whether the name may stand more than once (values are OR-ed)
 */
public record Filter(String name, Type type, String sql, boolean isRepeatable) {

    /** How a duration is written. */
    public static final String DURATION_SHAPE = "^[1-9][0-9]{0,5}[smh]$";

    private static final Pattern TIME_SHAPE =
            Pattern.compile("[12]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z?");

    /** How values of a filter are read. */
    public enum Type {
        TEXT,
        /** What is no UUID matches nothing. */
        UUID,
        INTEGER,
        BOOLEAN,
        /** An IP address; what is none matches nothing. */
        ADDRESS,
        /** UTC, such as 2026-01-02T03:04:05Z; the Z may be left out. */
        TIME,
        /** A whole number of seconds, minutes or hours, such as 90s, 10m or 2h. */
        DURATION,
        /** {@code key=value}; matches nothing unless the condition says otherwise. */
        PAIR
    }

    /** The values in the form that the condition compares; values that can match nothing are left out. */
    List<String> read(List<String> values) {
        if (!isRepeatable && values.size() > 1) {
            throw ErrorCode.INVALID_INPUT.with(name, "may stand only once in the query");
        }
        return values.stream().map(this::read).flatMap(Optional::stream).toList();
    }

    private Optional<String> read(String value) {
        if (value.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID_INPUT.with(name, "must not contain the character NUL");
        }
        return switch (type) {
            case TEXT, PAIR -> Optional.of(value);
            case UUID -> Ids.parse(value).map(UUID::toString);
            case INTEGER -> Optional.of(integer(value));
            case BOOLEAN -> Optional.of(bool(value));
            case ADDRESS -> address(value);
            case TIME -> Optional.of(time(value));
            case DURATION -> Optional.of(duration(value));
        };
    }

    private String integer(String value) {
        try {
            return Integer.toString(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw ErrorCode.INVALID_INPUT.with(name, "must be an integer");
        }
    }

    private String time(String value) {
        if (TIME_SHAPE.matcher(value).matches()) {
            try {
                return Instant.parse(value.endsWith("Z") ? value : value + "Z").toString();
            } catch (DateTimeParseException e) {
                // Answered like a text of another shape.
            }
        }
        throw ErrorCode.INVALID_INPUT.with(name, "must be a time in UTC, such as 2026-01-02T03:04:05Z");
    }

    private String duration(String value) {
        if (!value.matches(DURATION_SHAPE)) {
            throw ErrorCode.INVALID_INPUT.with(name, "must be a duration, such as 90s, 10m or 2h");
        }
        return value;
    }

    private String bool(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw ErrorCode.INVALID_INPUT.with(name, "must be true or false");
        }
        return value;
    }

    private static Optional<String> address(String value) {
        return IpAddress.parse(value).map(IpAddress::text);
    }
}
