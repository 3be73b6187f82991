/**
 * The load balancer as a REST resource. Depends on what its module depends on.
 */
@NullMarked
package io.evenkeel.loadbalancer.rest;

import org.jspecify.annotations.NullMarked;
