@NullMarked
package io.evenkeel.inventory.network;

import org.jspecify.annotations.NullMarked;
