package io.evenkeel.console.session;

import io.evenkeel.identity.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Text that nobody guesses: 256 random bits. */
final class RandomText {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static Secret next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
