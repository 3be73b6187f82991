/**
 * The pools of the REST API: requests, rows, rules between a pool and what surrounds it, answers. Depends on the pool's
 * face and spec, inventory, load balancers and status.
 */
@NullMarked
package io.evenkeel.pool.rest;

import org.jspecify.annotations.NullMarked;
