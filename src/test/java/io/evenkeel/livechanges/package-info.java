/**
 * Changes of everything while traffic flows: what is served is changed at random, thousands of times, and no request
 * and no connection may be lost by it. The same changes go through the REST API or straight to a worker.
 */
@NullMarked
package io.evenkeel.livechanges;

import org.jspecify.annotations.NullMarked;
