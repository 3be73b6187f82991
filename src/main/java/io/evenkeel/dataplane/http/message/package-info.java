/**
 * HTTP/1.1 messages as they stand on the wire: strict, incremental readers of heads and bodies (RFC 9110, RFC 9112).
 * They validate every byte, copy none that came in one piece, and know nothing of connections.
 * Depends on {@code memory} alone.
 */
@NullMarked
package io.evenkeel.dataplane.http.message;

import org.jspecify.annotations.NullMarked;
