/**
 * The cloud as we know it: availability zones, VPCs, subnets, cloud servers, and who holds which address. Depends on
 * the platform only.
 */
@NullMarked
@ApplicationModule(
        displayName = "Inventory",
        allowedDependencies = {"platform"})
package io.evenkeel.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
