/**
 * What was written by whom, and what happened of itself: two tables that only grow, partitioned and kept by time.
 * Depends on {@code platform} and {@code identity}; hears of writes by their facts, and knows no feature.
 */
@NullMarked
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"platform", "identity"})
package io.evenkeel.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
