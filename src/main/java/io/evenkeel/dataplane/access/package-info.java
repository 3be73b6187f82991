/**
 * Who may connect to a listener, and how many: IP groups, and limits of connections over all loops. Depends on
 * {@code traffic}, and on what should be.
 */
@NullMarked
package io.evenkeel.dataplane.access;

import org.jspecify.annotations.NullMarked;
