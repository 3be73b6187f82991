/**
 * Listening sockets: which a load balancer needs, in what order one state of it becomes the next, and what stands in
 * the way of those that cannot be bound. Depends on {@code desiredstate}, the proxies and the transport seam.
 */
@NullMarked
package io.evenkeel.dataplane.listening;

import org.jspecify.annotations.NullMarked;
