/**
 * Values that a listener is made of, with the rules each knows by itself.
 * Depends on the platform's errors and on the protocols of pools.
 */
@NullMarked
@NamedInterface("settings")
package io.evenkeel.listener.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
