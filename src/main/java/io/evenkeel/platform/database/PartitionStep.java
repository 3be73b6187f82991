package io.evenkeel.platform.database;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a partition is, UTC, and what follows the table's name in its own. */
public enum PartitionStep {
    HOUR(ChronoUnit.HOURS, "'y'uuuu'm'MM'd'dd'h'HH"),
    DAY(ChronoUnit.DAYS, "'y'uuuu'm'MM'd'dd"),
    MONTH(ChronoUnit.MONTHS, "'y'uuuu'm'MM");

    private static final Pattern NAME = Pattern.compile(".*_y(\\d{4})m(\\d{2})(?:d(\\d{2})(?:h(\\d{2}))?)?");

    private final ChronoUnit unit;
    private final DateTimeFormatter suffix;

    PartitionStep(ChronoUnit unit, String suffix) {
        this.unit = unit;
        this.suffix = DateTimeFormatter.ofPattern(suffix, Locale.ROOT);
    }

    /** When the step began that the moment lies in. */
    public Instant begin(Instant moment) {
        var time = moment.atOffset(ZoneOffset.UTC);
        var whole = this == MONTH ? time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1) : time.truncatedTo(unit);
        return whole.toInstant();
    }

    Instant next(Instant begin) {
        return begin.atOffset(ZoneOffset.UTC).plus(1, unit).toInstant();
    }

    String name(String table, Instant begin) {
        return table + "_" + suffix.format(begin.atOffset(ZoneOffset.UTC));
    }

    /** When the partition of that name begins, if it is one of those made here. */
    static Optional<Instant> begin(String name) {
        var parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(
                        LocalDateTime.of(part(parts, 1, 0), part(parts, 2, 0), part(parts, 3, 1), part(parts, 4, 0), 0)
                                .toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    private static int part(Matcher parts, int group, int absent) {
        var text = parts.group(group);
        return text == null ? absent : Integer.parseInt(text);
    }
}
