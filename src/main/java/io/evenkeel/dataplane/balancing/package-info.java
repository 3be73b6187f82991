/**
 * Pickers: which of n weighted members takes the next request. Pure data structures; each belongs to one loop.
 */
@NullMarked
package io.evenkeel.dataplane.balancing;

import org.jspecify.annotations.NullMarked;
