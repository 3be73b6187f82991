/**
 * Observed truth: what workers saw, its tables, the one writer of them, and what follows from it for an answer.
 * Depends on {@code platform}, and tells {@code audit} what changed; knows of configuration only what its views read.
 */
@NullMarked
@ApplicationModule(
        displayName = "Status",
        allowedDependencies = {"platform", "audit"})
package io.evenkeel.status;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
