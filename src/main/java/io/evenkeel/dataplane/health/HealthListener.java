package io.evenkeel.dataplane.health;

import java.util.UUID;

/** Hears that a member's state changed. What it changed to is read with {@link HealthChecker#find}. */
@FunctionalInterface
public interface HealthListener {

    /** Called on the checker's thread or on that of {@link HealthChecker#update}; must return soon. */
    void onHealthChanged(UUID poolId, UUID memberId);
}
