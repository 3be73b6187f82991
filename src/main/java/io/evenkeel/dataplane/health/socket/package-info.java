/**
 * The sockets of health checks and the wait for them: by our own calls of the system on Linux, which are half as many,
 * and by the JDK's channels elsewhere.
 * Depends on the system calls of the epoll transport.
 */
@NullMarked
package io.evenkeel.dataplane.health.socket;

import org.jspecify.annotations.NullMarked;
