/**
 * How many resources of a kind a project may have, counted race-free. Depends on the platform only, so that every
 * feature may take from a quota.
 */
@NullMarked
@ApplicationModule(
        displayName = "Quotas",
        allowedDependencies = {"platform"})
package io.evenkeel.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
