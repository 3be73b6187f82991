/**
 * The worker: takes desired state, listens, balances, checks health, and reports what it sees.
 * Depends on {@code desiredstate} and on Netty below its transport seam and for TLS; knows no Spring, no database, no JSON.
 */
@NullMarked
@ApplicationModule(
        displayName = "Data plane",
        allowedDependencies = {"desiredstate", "desiredstate :: delivery", "desiredstate :: routing"})
package io.evenkeel.dataplane;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
