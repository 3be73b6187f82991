/**
 * Which member, and which pool of a policy, a request's cookies lead to, and which cookies its response brings.
 * Depends on {@code memory}, {@code message}, {@code pool}, {@code stickiness} and desired state.
 */
@NullMarked
package io.evenkeel.dataplane.http.sticky;

import org.jspecify.annotations.NullMarked;
