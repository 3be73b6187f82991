/**
 * What a write would change for the traffic: the desired state before and after it, compared. Reads only.
 */
@NullMarked
package io.evenkeel.agentsync.plan;

import org.jspecify.annotations.NullMarked;
