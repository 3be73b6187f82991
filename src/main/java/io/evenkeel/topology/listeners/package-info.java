/**
 * Acts on whole listeners that concern policies and pools too: deletes that take policies along and leave the pools.
 */
@NullMarked
package io.evenkeel.topology.listeners;

import org.jspecify.annotations.NullMarked;
