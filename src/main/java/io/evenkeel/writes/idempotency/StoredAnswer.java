package io.evenkeel.writes.idempotency;

import java.util.Optional;

/**
 * An answer as it goes, or went, to a client.
 *
 * @param body JSON, empty for an answer without a body
 */
public record StoredAnswer(int status, Optional<String> body) {}
