/**
 * Health of members: which are checked, what results change their state, and what it is.
 * Depends on {@code desiredstate} and on its own probes.
 */
@NullMarked
package io.evenkeel.dataplane.health;

import org.jspecify.annotations.NullMarked;
