package io.evenkeel.dataplane.health;

import io.evenkeel.dataplane.health.probe.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What this worker holds a checked member for.
 *
 * @param failure why it is offline; absent exactly when it is online
 * @param since when it last turned online or offline
 */
public record HealthState(boolean isOnline, Optional<Failure> failure, Instant since) {

    public HealthState {
        if (isOnline == failure.isPresent()) {
            throw new IllegalArgumentException("A member is offline for a reason, and online for none");
        }
    }
}
