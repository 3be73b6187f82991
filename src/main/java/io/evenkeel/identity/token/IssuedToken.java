package io.evenkeel.identity.token;

import io.evenkeel.identity.Secret;

/**
 * A new token, the only time its text is seen.
 *
 * @param text what the client sends as X-Auth-Token
 */
public record IssuedToken(Token token, Secret text) {}
