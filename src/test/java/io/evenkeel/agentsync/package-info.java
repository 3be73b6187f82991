/** The change feed under load, and the way of desired state to a worker and of facts back. */
@NullMarked
package io.evenkeel.agentsync;

import org.jspecify.annotations.NullMarked;
