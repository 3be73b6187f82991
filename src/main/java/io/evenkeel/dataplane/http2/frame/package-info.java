/**
 * The frames of HTTP/2 (RFC 9113 §4, §6) and what of them can be judged without knowing their streams.
 * Depends on {@code http.memory} and {@code transport}.
 */
@NullMarked
package io.evenkeel.dataplane.http2.frame;

import org.jspecify.annotations.NullMarked;
