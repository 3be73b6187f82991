/**
 * What every endpoint shares: errors, strict JSON, paging and filters, request ids, the home directory, the database.
 * Depends on no other module.
 */
@NullMarked
@ApplicationModule(
        displayName = "Platform",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package io.evenkeel.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
