/** How far each worker is with a load balancer or a pool, and waiting for it. Depends on {@code status} and SQL. */
@NullMarked
package io.evenkeel.topology.receipts;

import org.jspecify.annotations.NullMarked;
