/**
 * What workers counted: its rows, the one writer of them, and how old ones are condensed. Depends on {@code platform}.
 */
@NullMarked
@NamedInterface("traffic")
package io.evenkeel.status.traffic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
