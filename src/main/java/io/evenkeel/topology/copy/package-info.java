/**
 * Copies of load balancers with all that belongs to them. Depends on the public faces of load balancers, listeners,
 * policies, pools, health monitors and members.
 */
@NullMarked
package io.evenkeel.topology.copy;

import org.jspecify.annotations.NullMarked;
