/**
 * Health monitors: how the members of a pool are checked. Each belongs to one pool and every write advances that pool.
 * Depends on the base and pools.
 */
@NullMarked
@ApplicationModule(
        displayName = "Health monitors",
        allowedDependencies = {"platform", "quota", "pool"})
package io.evenkeel.healthmonitor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
