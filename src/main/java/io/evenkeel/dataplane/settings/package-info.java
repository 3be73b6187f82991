/**
 * What a proxy is told of the listener it serves.
 * Depends on {@code pool} alone.
 */
@NullMarked
package io.evenkeel.dataplane.settings;

import org.jspecify.annotations.NullMarked;
