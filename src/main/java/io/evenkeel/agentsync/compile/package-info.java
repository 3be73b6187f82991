/**
 * Compiles rows into desired state: pure reads.
 * Depends on {@code desiredstate}, the names of {@code certificate} and {@code routing}, and JDBC.
 */
@NullMarked
package io.evenkeel.agentsync.compile;

import org.jspecify.annotations.NullMarked;
