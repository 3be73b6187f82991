/**
 * What should be: the contract between control plane and data plane, as immutable records of whole resources.
 * Depends on nothing but {@code java.*}, so that either side can be built and tested alone.
 */
@NullMarked
@ApplicationModule(
        displayName = "Desired state",
        allowedDependencies = {})
package io.evenkeel.desiredstate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
