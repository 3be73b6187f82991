@NullMarked
package io.evenkeel.inventory.address;

import org.jspecify.annotations.NullMarked;
