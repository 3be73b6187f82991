/**
 * The transport for every platform: Netty over the JDK's sockets.
 * Depends on the seam above it and on Netty; nothing else of ours may depend on Netty.
 */
@NullMarked
@NamedInterface("transport")
package io.evenkeel.dataplane.transport.netty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
