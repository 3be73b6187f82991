/**
 * Which availability zones load balancers may be in, and moving them into zones and out. Depends on {@code rest} and the
 * inventory.
 */
@NullMarked
package io.evenkeel.loadbalancer.zone;

import org.jspecify.annotations.NullMarked;
