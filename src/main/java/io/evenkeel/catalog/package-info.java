/**
 * What clients ask first: API versions and the flavors that load balancers come in.
 * Depends on the platform only.
 */
@NullMarked
@ApplicationModule(
        displayName = "Catalogue",
        allowedDependencies = {"platform"})
package io.evenkeel.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
