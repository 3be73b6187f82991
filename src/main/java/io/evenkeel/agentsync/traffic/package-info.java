/**
 * Brings what a worker counted into rows, period by period. Depends on the data plane's counts and on {@code status}.
 */
@NullMarked
package io.evenkeel.agentsync.traffic;

import org.jspecify.annotations.NullMarked;
