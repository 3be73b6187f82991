/** Evenkeel: an elastic load balancing service, control plane and data plane in one process. */
@NullMarked
package io.evenkeel;

import org.jspecify.annotations.NullMarked;
