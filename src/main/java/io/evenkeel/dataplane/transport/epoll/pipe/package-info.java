/**
 * Pipes of the kernel, through which long streams go from socket to socket.
 * Depends on {@code linux} alone.
 */
@NullMarked
package io.evenkeel.dataplane.transport.epoll.pipe;

import org.jspecify.annotations.NullMarked;
