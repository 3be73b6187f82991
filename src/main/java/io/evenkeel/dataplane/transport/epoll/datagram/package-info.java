/**
 * UDP on the epoll transport: bound ports and sockets of one remote address.
 * Depends on the seam and on {@code turn} and {@code linux}; of a loop it needs its poller and its thread.
 */
@NullMarked
package io.evenkeel.dataplane.transport.epoll.datagram;

import org.jspecify.annotations.NullMarked;
