/**
 * HTTP/1.1 between client and member: forwards what the strict readers in {@code message} let through.
 * Depends on {@code transport}, {@code pool}, {@code settings} and its own {@code memory} and {@code message}.
 */
@NullMarked
package io.evenkeel.dataplane.http;

import org.jspecify.annotations.NullMarked;
