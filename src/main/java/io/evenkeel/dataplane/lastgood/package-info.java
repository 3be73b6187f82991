/**
 * What a worker serves without a control plane: the last good state of every resource, on disk.
 * Depends on {@code desiredstate} alone.
 */
@NullMarked
package io.evenkeel.dataplane.lastgood;

import org.jspecify.annotations.NullMarked;
