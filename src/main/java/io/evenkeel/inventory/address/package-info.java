/** Address ranges of the inventory: how they are spelled, and which are reserved. Depends on the platform only. */
@NullMarked
package io.evenkeel.inventory.address;

import org.jspecify.annotations.NullMarked;
