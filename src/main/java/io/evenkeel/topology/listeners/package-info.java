/**
 * Acts on whole listeners that concern policies and pools too: deletes that take policies along and leave the pools,
 * copies. Depends on the public faces of load balancers, listeners, policies, pools, health monitors and members.
 */
@NullMarked
package io.evenkeel.topology.listeners;

import org.jspecify.annotations.NullMarked;
