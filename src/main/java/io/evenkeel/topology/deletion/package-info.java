/**
 * Deletes that take along what belongs to the deleted. Depends on the public faces of load balancers, listeners,
 * policies, pools, health monitors and members.
 */
@NullMarked
package io.evenkeel.topology.deletion;

import org.jspecify.annotations.NullMarked;
