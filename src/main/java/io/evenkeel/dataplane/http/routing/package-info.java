/**
 * The policies of a listener: compiled and bound to pools off the loops, asked on them. Depends on {@code message},
 * {@code pool}, its own {@code matching}, {@code limit} and {@code action}, and desired state.
 */
@NullMarked
package io.evenkeel.dataplane.http.routing;

import org.jspecify.annotations.NullMarked;
