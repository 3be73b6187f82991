package io.evenkeel.console.resource;

import java.util.Map;

/** Reason codes in words. A reason is a code, or a code with a sentence behind a colon. */
public final class Reasons {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(
                    "NOT_CHECKED_YET", "No check has ended since it came; it takes traffic after the first good one."),
            Map.entry(
                    "CONNECT_TIMEOUT",
                    "No answer to the connection in time: is the server up, is a firewall in between?"),
            Map.entry("CONNECT_REFUSED", "The connection is refused: nothing listens on the port that is checked."),
            Map.entry("CONNECT_FAILED", "No connection: the server cannot be reached from the worker."),
            Map.entry("CONNECT_INTERRUPT", "The connection is reset while it is made."),
            Map.entry("SSL_HANDSHAKE_ERROR", "The server speaks no TLS on this port, or none that fits."),
            Map.entry("SEND_REQUEST_FAILED", "The connection breaks while the check is sent."),
            Map.entry("SEND_REQUEST_TIMEOUT", "The check cannot be sent in time."),
            Map.entry("RECV_RESPONSE_FAILED", "The connection breaks before an answer comes."),
            Map.entry("RECV_RESPONSE_TIMEOUT", "The server takes the check and does not answer in time."),
            Map.entry("RESPONSE_FORMAT_ERROR", "What the server answers is no HTTP."),
            Map.entry("RESPONSE_MISMATCH", "The server answers with a status that the monitor does not expect."),
            Map.entry("SERVER_STOPPED", "The server is stopped."),
            Map.entry("SERVER_REBOOT", "The server restarts."),
            Map.entry("SERVER_DELETED", "The server is deleted."),
            Map.entry("NO_BACKEND", "No group has a member with a weight there."),
            Map.entry("BACKENDS_OFFLINE", "None of the members there is online."),
            Map.entry("DRAINING", "It gets nothing new; what is under way ends"),
            Map.entry("NO_WORKER", "No worker took the check within ten seconds."),
            Map.entry("WORKER_LOST", "The worker that took the check is gone."),
            Map.entry("NOT_SERVED", "Workers do not know this type of check."),
            Map.entry("WORKER_TROUBLE", "The trouble was the worker's own."));

    private Reasons() {}

    /** A sentence, with the code where there is one to look up; empty for an empty reason. */
    public static String explain(String reason) {
        if (reason.isEmpty()) {
            return "";
        }
        int colon = reason.indexOf(':');
        var code = colon < 0 ? reason : reason.substring(0, colon);
        var rest = colon < 0 ? "" : reason.substring(colon + 1).strip();
        var words = WORDS.get(code);
        if (words == null) {
            return rest.isEmpty() ? code : capital(rest) + " (" + code + ")";
        }
        return words + (rest.isEmpty() ? "" : " " + rest) + " (" + code + ")";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
