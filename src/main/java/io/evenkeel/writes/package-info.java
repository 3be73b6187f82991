/**
 * The door that every write of the API goes through: one transaction around the controller's method, with everything
 * that a client may ask of any write: a dry run, an idempotency key, a precondition on the resource's ETag. Knows no
 * feature; hears which load balancers and pools a write touched by their events.
 */
@NullMarked
@ApplicationModule(
        displayName = "Writes",
        allowedDependencies = {"platform", "identity", "loadbalancer", "pool"})
package io.evenkeel.writes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
