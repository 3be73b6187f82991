/**
 * PostgreSQL servers that a test may stop, kill, copy and fail over, and the way to them, which may fail as well.
 * Depends on the binaries that come with the service.
 */
@NullMarked
package io.evenkeel.outage.postgres;

import org.jspecify.annotations.NullMarked;
