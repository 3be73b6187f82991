/**
 * What a listener is configured to be, and every rule that one listener can check by itself.
 * Depends on the platform's errors and on the protocols of pools.
 */
@NullMarked
@NamedInterface("settings")
package io.evenkeel.listener.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
