package io.evenkeel.identity.signature;

import io.evenkeel.platform.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** When a request says that it was signed: {@code 20261122T094932Z}. */
final class SigningTime {

    /** How far it may be from our clock, either way. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private SigningTime() {}

    /** Error: {@link ErrorCode#UNAUTHENTICATED} for what is no time, or too far from now. */
    static void check(String text, Instant now) {
        if (Duration.between(parse(text), now).abs().compareTo(WINDOW) > 0) {
            throw ErrorCode.UNAUTHENTICATED.with("X-Sdk-Date is more than 15 minutes from the server's time, "
                    + FORMAT.format(now.atOffset(ZoneOffset.UTC)));
        }
    }

    private static Instant parse(String text) {
        try {
            return LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ErrorCode.UNAUTHENTICATED.with("X-Sdk-Date must be UTC as in 20261122T094932Z");
        }
    }
}
