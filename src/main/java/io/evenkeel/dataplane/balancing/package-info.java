/**
 * Pickers: which of n weighted members takes the next request. Pure data structures; each belongs to one loop.
 * Depends on the {@link io.evenkeel.desiredstate.Algorithm} of a pool and on nothing else.
 */
@NullMarked
package io.evenkeel.dataplane.balancing;

import org.jspecify.annotations.NullMarked;
