@NullMarked
package io.evenkeel.inventory.server;

import org.jspecify.annotations.NullMarked;
