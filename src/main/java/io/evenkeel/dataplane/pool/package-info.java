/**
 * Backend server groups as the loops see them: members with their running state, and who takes the next request.
 */
@NullMarked
package io.evenkeel.dataplane.pool;

import org.jspecify.annotations.NullMarked;
