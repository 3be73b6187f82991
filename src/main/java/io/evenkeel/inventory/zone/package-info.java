/** Availability zones: their REST calls. Depends on the platform and the rest of the inventory. */
@NullMarked
package io.evenkeel.inventory.zone;

import org.jspecify.annotations.NullMarked;
