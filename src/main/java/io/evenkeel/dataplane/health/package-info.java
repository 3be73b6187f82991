/**
 * Health checks: when a member is checked, what its answer means, and when its state changes.
 */
@NullMarked
package io.evenkeel.dataplane.health;

import org.jspecify.annotations.NullMarked;
