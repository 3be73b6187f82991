/**
 * Proof that a worker serves what it was told: it connects to its own ports, and each event loop that takes such a
 * connection answers with the generation that it holds, before anything that is for clients.
 * Depends on {@code desiredstate} and the transport seam.
 */
@NullMarked
package io.evenkeel.dataplane.proof;

import org.jspecify.annotations.NullMarked;
