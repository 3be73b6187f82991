/** What is configured while traffic flows, and the changes of it. Depends on {@code desiredstate}. */
@NullMarked
package io.evenkeel.livechanges.scene;

import org.jspecify.annotations.NullMarked;
