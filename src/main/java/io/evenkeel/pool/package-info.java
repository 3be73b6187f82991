/**
 * Backend server groups as other features meet them: who may advance one, and which facts it announces. The resource
 * itself is in {@code rest}, its settings in {@code spec}, its answers in {@code answer}. Depends on the base, inventory,
 * load balancers and status.
 */
@NullMarked
@ApplicationModule(
        displayName = "Pools",
        allowedDependencies = {"platform", "quota", "inventory", "loadbalancer", "status"})
package io.evenkeel.pool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
