/**
 * Pools of a master and a standby: made in one call with both members and the health monitor. Depends on the public faces
 * of pools, members, health monitors, and on the observed status.
 */
@NullMarked
package io.evenkeel.topology.standby;

import org.jspecify.annotations.NullMarked;
