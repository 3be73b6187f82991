/** How many requests policies let through, in bounded memory. Depends on desired state alone. */
@NullMarked
package io.evenkeel.dataplane.http.routing.limit;

import org.jspecify.annotations.NullMarked;
