@NullMarked
package io.evenkeel.inventory;

import org.jspecify.annotations.NullMarked;
