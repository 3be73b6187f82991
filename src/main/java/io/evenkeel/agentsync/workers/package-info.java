/**
 * Shows the workers, whether they are heard, and which load balancers fall to each. Depends on placement, which says it,
 * and on the states of {@code status}; changes nothing.
 */
@NullMarked
package io.evenkeel.agentsync.workers;

import org.jspecify.annotations.NullMarked;
