/**
 * When checks are due, for tens of thousands of targets: a wheel of places, lines of those that have to wait, and how
 * late the checker itself is. Knows nothing of what is checked. Depends on nothing.
 */
@NullMarked
package io.evenkeel.dataplane.health.schedule;

import org.jspecify.annotations.NullMarked;
