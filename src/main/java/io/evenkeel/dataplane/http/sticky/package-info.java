/**
 * Which member a request's cookies lead to, and which cookie its response brings.
 * Depends on {@code memory}, {@code message}, {@code rewrite}, {@code pool} and {@code stickiness}.
 */
@NullMarked
package io.evenkeel.dataplane.http.sticky;

import org.jspecify.annotations.NullMarked;
