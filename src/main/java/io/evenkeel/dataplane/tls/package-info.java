/**
 * TLS as connections over connections: what is behind it, HTTP or plain bytes, sees a connection of the transport seam
 * like any other, whichever transport is below. Depends on {@code transport} and on its engine alone.
 */
@NullMarked
package io.evenkeel.dataplane.tls;

import org.jspecify.annotations.NullMarked;
