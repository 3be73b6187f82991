/**
 * The seam below which sockets live: event loops, connections, listening ports. Protocol logic sees only these types,
 * so that one relay and one HTTP parser run on every transport.
 */
@NullMarked
@NamedInterface("transport")
package io.evenkeel.dataplane.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
