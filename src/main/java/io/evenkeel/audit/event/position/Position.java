package io.evenkeel.audit.event.position;

import io.evenkeel.platform.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader of events has come. Events are read by the ids of their transactions and, within one, by their own; a
 * transaction that commits late comes late, and nothing comes twice.
 *
 * @param database which database, and which life of it: positions in another one mean nothing here
 * @param last the last event read of a transaction that may have more; null where {@code seen} says everything
 */
public record Position(String database, Seen seen, @Nullable Last last) {

    /** An event, and the transaction that recorded it. */
    public record Last(long transaction, UUID event) {}

    /** Longer than any that was ever given out. */
    private static final int LONGEST = 4096;

    private static final Pattern SHAPE =
            Pattern.compile("([0-9a-f]{8})\\.([0-9:,]+)(?:\\.([1-9][0-9]{0,18})\\.([0-9a-f-]{36}))?");

    /** What was given out as {@link #text()}; empty for any other text. */
    public static Optional<Position> parse(String text) {
        var shape = SHAPE.matcher(text);
        if (text.length() > LONGEST || !shape.matches()) {
            return Optional.empty();
        }
        return Seen.parse(shape.group(2))
                .flatMap(seen -> shape.group(3) == null
                        ? Optional.of(new Position(shape.group(1), seen, null))
                        : last(shape.group(3), shape.group(4)).map(last -> new Position(shape.group(1), seen, last)));
    }

    private static Optional<Last> last(String transaction, String event) {
        try {
            long id = Long.parseLong(transaction);
            return Ids.parse(event).map(uuid -> new Last(id, uuid));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Letters, digits and {@code . : , -}. */
    public String text() {
        var beginning = database + "." + seen.text();
        return last == null ? beginning : beginning + "." + last.transaction() + "." + last.event();
    }

    /** Behind the given event, the next one on the way to what {@code later} includes. */
    public Position behind(long transaction, UUID event, Seen later) {
        return new Position(database, seen.onTheWayTo(later, transaction), new Last(transaction, event));
    }

    /** Everything that {@code later} includes was read. */
    public Position at(Seen later) {
        return new Position(database, later, null);
    }
}
