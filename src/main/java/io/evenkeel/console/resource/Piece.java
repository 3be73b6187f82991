package io.evenkeel.console.resource;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a cell: text, perhaps a link, perhaps a badge.
 *
 * @param tone good, bad, poor or plain where it is a badge
 * @param note a sentence beside it
 */
public record Piece(
        String text,
        @Nullable String href,
        @Nullable String tone,
        @Nullable String note) {

    public static Piece of(String text) {
        return new Piece(text, null, null, null);
    }

    static Piece link(String text, String href) {
        return new Piece(text, href, null, null);
    }

    public static Piece badge(String text, String tone, @Nullable String note) {
        return new Piece(text, null, tone, note);
    }
}
