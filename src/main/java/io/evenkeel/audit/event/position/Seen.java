package io.evenkeel.audit.event.position;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which transactions were seen: all below {@code next} but for the open ones. It is written as PostgreSQL writes a
 * {@code pg_snapshot}, and can be cast to one.
 *
 * @param next no transaction from here on was seen
 * @param open those below {@code next} that were not seen, ascending
 */
public record Seen(long next, List<Long> open) {

    /** So that a position stays short enough for a header, however many transactions are open. */
    static final int MOST_OPEN = 100;

    private static final Pattern SHAPE =
            Pattern.compile("[1-9][0-9]{0,18}:([1-9][0-9]{0,18}):((?:[1-9][0-9]{0,18}(?:,[1-9][0-9]{0,18})*+)?)");

    public Seen {
        open = List.copyOf(open);
        long least = 0;
        for (long one : open) {
            if (one <= least || one >= next) {
                throw new IllegalArgumentException("Open transactions ascend and are below " + next + ": " + open);
            }
            least = one;
        }
    }

    /** What the text of a {@code pg_snapshot} says; empty for any other text. */
    public static Optional<Seen> parse(String text) {
        var shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        try {
            var open = shape.group(2).isEmpty()
                    ? List.<Long>of()
                    : Stream.of(shape.group(2).split(",", -1))
                            .map(Long::valueOf)
                            .toList();
            return Optional.of(new Seen(Long.parseLong(shape.group(1)), open));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String text() {
        return (open.isEmpty() ? next : open.getFirst()) + ":" + next + ":"
                + open.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    public boolean includes(long transaction) {
        return transaction < next && Collections.binarySearch(open, transaction) < 0;
    }

    /**
     * As much of it as has no more than {@value #MOST_OPEN} open transactions: what is left out comes with a later one.
     * Of two that one includes the other the narrowed ones do as well.
     */
    public Seen narrowed() {
        return open.size() <= MOST_OPEN ? this : new Seen(open.get(MOST_OPEN), open.subList(0, MOST_OPEN));
    }

    /**
     * What is seen on the way from here to a later one, where transactions are passed in the order of their ids and this
     * one, which the later one alone includes, is the next: below it what the later one includes, from it on what is
     * seen here.
     */
    public Seen onTheWayTo(Seen later, long transaction) {
        var below = later.open.stream().filter(one -> one < transaction);
        return next <= transaction
                ? new Seen(transaction, below.toList())
                : new Seen(
                        next,
                        Stream.concat(below, open.stream().filter(one -> one >= transaction))
                                .toList());
    }
}
