/**
 * The one place that calls the TLS library: its contexts, and one engine for each connection.
 * Depends on {@code desiredstate}, on the facts of the transport seam, and on BoringSSL as Netty ships it.
 */
@NullMarked
package io.evenkeel.dataplane.tls.boringssl;

import org.jspecify.annotations.NullMarked;
