/**
 * Load balancers: their VIP, zones, flavors and tags, and the row that every write below them advances.
 * May depend on the base modules, the inventory and the observed status.
 */
@NullMarked
@ApplicationModule(
        displayName = "Load balancers",
        allowedDependencies = {"platform", "quota", "catalog", "inventory", "status"})
package io.evenkeel.loadbalancer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
