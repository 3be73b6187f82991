/**
 * Off-heap buffers that a loop lends to whatever has to keep bytes beyond a call.
 * Depends on nothing.
 */
@NullMarked
package io.evenkeel.dataplane.http.memory;

import org.jspecify.annotations.NullMarked;
