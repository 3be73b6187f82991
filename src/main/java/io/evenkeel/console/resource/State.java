package io.evenkeel.console.resource;

import io.evenkeel.console.api.Tree;
import java.util.Locale;

/**
 * How something is, told for people.
 *
 * @param word such as Online
 * @param tone good, bad, poor or plain
 * @param why a sentence; empty when all is well
 * @param since as on the wire; empty when not known
 */
public record State(String word, String tone, String why, String since) {

    /** Of the {@code evenkeel} object of a resource. */
    public static State of(Tree observed) {
        return of(observed.text("operating_status"), observed.text("reason"), observed.text("since"));
    }

    public static State of(String status, String reason, String since) {
        return new State(word(status, reason), tone(status, reason), Reasons.explain(reason), since);
    }

    /** Nothing is wrong with what has not been looked at yet. */
    private static boolean isWaiting(String reason) {
        return reason.startsWith("NOT_CHECKED_YET");
    }

    private static String word(String status, String reason) {
        if (isWaiting(reason)) {
            return "Waiting for its first check";
        }
        return switch (status) {
            case "ONLINE" -> "Online";
            case "OFFLINE" -> "Offline";
            case "DEGRADED" -> "Degraded";
            case "NO_MONITOR" -> "Not checked";
            case "DISABLED" -> "Disabled";
            case "" -> "Unknown";
            default -> status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT);
        };
    }

    private static String tone(String status, String reason) {
        if (isWaiting(reason)) {
            return "poor";
        }
        return switch (status) {
            case "ONLINE", "ACTIVE" -> "good";
            case "OFFLINE", "ERROR", "STOPPED", "DELETED", "REBOOT" -> "bad";
            case "DEGRADED" -> "poor";
            default -> "plain";
        };
    }

    public Piece piece() {
        return Piece.badge(word, tone, why.isEmpty() ? null : why);
    }
}
