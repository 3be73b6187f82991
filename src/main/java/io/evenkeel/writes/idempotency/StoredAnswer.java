package io.evenkeel.writes.idempotency;

import io.evenkeel.platform.write.Advanced;
import java.util.List;
import java.util.Optional;

/**
 * An answer as it goes, or went, to a client.
 *
 * @param body JSON, empty for an answer without a body
 * @param advanced what the write advanced
 */
public record StoredAnswer(int status, Optional<String> body, List<Advanced> advanced) {

    public StoredAnswer {
        advanced = List.copyOf(advanced);
    }
}
