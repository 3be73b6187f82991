/**
 * What policies do with requests: which pool takes them, what is changed in them, what is answered. Depends on
 * {@code message}, {@code memory}, {@code sticky}, {@code pool}, its neighbours {@code matching} and {@code limit}, and desired state.
 */
@NullMarked
package io.evenkeel.dataplane.http.routing.action;

import org.jspecify.annotations.NullMarked;
