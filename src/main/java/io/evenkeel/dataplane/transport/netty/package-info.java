/**
 * The transport on Netty's sockets: epoll where the system has it, NIO elsewhere.
 * Depends on the seam above it and on Netty; nothing else of ours may depend on Netty.
 */
@NullMarked
@NamedInterface("transport")
package io.evenkeel.dataplane.transport.netty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
