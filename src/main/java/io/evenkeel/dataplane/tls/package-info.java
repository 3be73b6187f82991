/**
 * TLS as connections over connections: what is behind it, HTTP or plain bytes, sees a connection of the transport seam
 * like any other, whichever transport is below. Depends on {@code transport}, {@code traffic} and its engine.
 */
@NullMarked
package io.evenkeel.dataplane.tls;

import org.jspecify.annotations.NullMarked;
