/**
 * Compresses responses on their way to clients that take it: which, and how. Depends on {@code message} and
 * {@code memory}.
 */
@NullMarked
package io.evenkeel.dataplane.http.gzip;

import org.jspecify.annotations.NullMarked;
