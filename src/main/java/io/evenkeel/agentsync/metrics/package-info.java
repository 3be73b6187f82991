/**
 * Shows what the worker of this process counts and sees to Prometheus. Depends on the data plane's counts.
 */
@NullMarked
package io.evenkeel.agentsync.metrics;

import org.jspecify.annotations.NullMarked;
