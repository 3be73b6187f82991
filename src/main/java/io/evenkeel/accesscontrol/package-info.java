/**
 * IP groups: lists of addresses that listeners let in or keep out. Depends on the platform and quotas; listeners refer to
 * groups, and follow their changes by {@code IpGroupChanged}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Access control",
        allowedDependencies = {"platform", "quota"})
package io.evenkeel.accesscontrol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
