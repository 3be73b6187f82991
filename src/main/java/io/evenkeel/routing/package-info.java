/**
 * L7 policies and rules: which requests of a listener go where. This package is what others see of them, and the order
 * in which policies are asked. Depends on the base, load balancers, listeners and pools.
 */
@NullMarked
@ApplicationModule(
        displayName = "Routing",
        allowedDependencies = {"platform", "quota", "loadbalancer", "listener", "pool"})
package io.evenkeel.routing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
