/**
 * TCP between client and member, byte for byte.
 */
@NullMarked
package io.evenkeel.dataplane.tcp;

import org.jspecify.annotations.NullMarked;
