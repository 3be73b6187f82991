/**
 * Tells {@code status} what this process's worker has taken over and has shown to serve. Depends on that and on the
 * contract of desired state.
 */
@NullMarked
package io.evenkeel.agentsync.receipt;

import org.jspecify.annotations.NullMarked;
