/**
 * Header compression for HTTP/2 (RFC 7541), from and to bytes: no text, no object for a field that is not kept.
 * Depends on {@code http.memory} alone.
 */
@NullMarked
package io.evenkeel.dataplane.http2.hpack;

import org.jspecify.annotations.NullMarked;
