/**
 * Tokens, which a client sends as they are. Depends on {@code platform} and {@code project}.
 */
@NullMarked
package io.evenkeel.identity.token;

import org.jspecify.annotations.NullMarked;
