/**
 * HTTP/2 (RFC 9113) over any connection of the seam. Each stream is a connection of its own to whoever serves HTTP/1.1
 * above: a request arrives there as text, its answer leaves as frames.
 * Depends on {@code http}, {@code settings}, {@code traffic} and {@code transport}.
 */
@NullMarked
package io.evenkeel.dataplane.http2;

import org.jspecify.annotations.NullMarked;
