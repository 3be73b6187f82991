package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.fuzz.Claims;
import java.nio.ByteBuffer;

/** A member's answer to a check: one verdict, which no byte that comes later changes. */
public final class StatusLinesFuzz {

    private StatusLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteBuffer.wrap(input);
        int verdict = StatusLine.INCOMPLETE;
        for (int length = 0; length <= input.length; length++) {
            int now = StatusLine.parse(bytes, length);
            Claims.that(
                    verdict == StatusLine.INCOMPLETE || now == verdict,
                    "A verdict changes with what comes later",
                    Claims.text(input));
            Claims.that(now <= 999 && (now >= 100 || now <= 0), "No code", now);
            verdict = now;
        }
        if (verdict > 0) {
            Claims.that(
                    Claims.text(input).matches("(?s)HTTP/1\\.[01] " + verdict + "( [^\r\n\0]*)?\r\n.*"),
                    "Something else is read as " + verdict,
                    Claims.text(input));
        }
    }
}
