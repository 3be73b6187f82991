/**
 * Receipts: which generation of load balancers and pools each worker has taken over and has shown to serve; their table,
 * the one writer of it, and waiting for them. Depends on {@code platform}.
 */
@NullMarked
@NamedInterface("receipt")
package io.evenkeel.status.receipt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
