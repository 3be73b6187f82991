/**
 * The pools of the REST API: requests, rows, and rules between a pool and what surrounds it. Depends on the pool's
 * face, its spec and answers, inventory and load balancers.
 */
@NullMarked
package io.evenkeel.pool.rest;

import org.jspecify.annotations.NullMarked;
