/**
 * The access log: a line for each request or session of a listener whose load balancer has a log stream. Loops put lines
 * into bounded queues and never wait; one thread writes them. Depends on {@code transport} and {@code pool}.
 */
@NullMarked
@NamedInterface("accesslog")
package io.evenkeel.dataplane.accesslog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
