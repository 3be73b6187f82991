/**
 * Is the traffic of a pool balanced, why not, and how many members does it need: reads what workers counted, and judges it
 * in pure code of its own ({@code judging}, {@code sizing}). Changes nothing. Depends on the platform and on the algorithms
 * of a pool; all else is read by SQL.
 */
@NullMarked
@ApplicationModule(
        displayName = "Distribution",
        allowedDependencies = {"platform", "pool :: spec"})
package io.evenkeel.distribution;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
