package io.evenkeel.identity;

import java.util.Optional;

/** Tokens as other modules meet them. */
public interface Tokens {

    /** Whom the token of this text makes its holder; empty when it is unknown, expired or revoked. */
    Optional<Caller> callerOf(Secret text);
}
