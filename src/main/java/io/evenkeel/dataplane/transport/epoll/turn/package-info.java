/**
 * What a turn of a loop goes through: events, tasks and timers.
 * Depends on the transport seam and on {@code linux}.
 */
@NullMarked
package io.evenkeel.dataplane.transport.epoll.turn;

import org.jspecify.annotations.NullMarked;
