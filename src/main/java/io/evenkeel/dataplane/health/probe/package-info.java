/**
 * Probes: when which target is checked, over which connection, and what its answer means. Knows no pools, no members'
 * states and no thresholds. Depends on {@code desiredstate} and the engine of {@code tls}.
 */
@NullMarked
package io.evenkeel.dataplane.health.probe;

import org.jspecify.annotations.NullMarked;
