/**
 * The one place that chooses a transport.
 * Depends on the transport seam and on each transport below it.
 */
@NullMarked
@NamedInterface("transport")
package io.evenkeel.dataplane.transport.kind;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
