/**
 * Tells open pages that something changed in their project, so that they ask again. Depends on {@code api} and
 * {@code page}.
 */
@NullMarked
package io.evenkeel.console.live;

import org.jspecify.annotations.NullMarked;
