/**
 * IP groups: lists of addresses that listeners let in or keep out. Depends on the platform only; listeners refer to
 * groups, and follow their changes by {@code IpGroupChanged}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Access control",
        allowedDependencies = {"platform"})
package io.evenkeel.accesscontrol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
