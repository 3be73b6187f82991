/** Servers, clients and what failed. Depends on the scene. */
@NullMarked
package io.evenkeel.livechanges.load;

import org.jspecify.annotations.NullMarked;
