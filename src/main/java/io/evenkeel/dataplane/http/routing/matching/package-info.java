/**
 * Which policy of a listener a request is for: compiled off the loops, asked on them. Depends on {@code memory},
 * {@code message}, {@code pool}, its neighbours {@code text} and {@code regex}, and the rules of desired state.
 */
@NullMarked
package io.evenkeel.dataplane.http.routing.matching;

import org.jspecify.annotations.NullMarked;
