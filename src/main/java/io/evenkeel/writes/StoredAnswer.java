package io.evenkeel.writes;

import java.util.Optional;

/**
 * An answer as it goes, or went, to a client.
 *
 * @param body JSON, empty for an answer without a body
 */
record StoredAnswer(int status, Optional<String> body) {}
