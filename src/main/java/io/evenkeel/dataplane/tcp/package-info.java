/**
 * TCP between client and member, byte for byte.
 * Depends on {@code transport}, {@code pool} and {@code settings}.
 */
@NullMarked
package io.evenkeel.dataplane.tcp;

import org.jspecify.annotations.NullMarked;
