/**
 * What changed since a snapshot, and in which epoch.
 * Depends on {@code desiredstate}, the home and JDBC.
 */
@NullMarked
package io.evenkeel.agentsync.feed;

import org.jspecify.annotations.NullMarked;
