/**
 * The load balancer as a REST resource, and the availability zones it may be in.
 * Depends on what its module depends on.
 */
@NullMarked
package io.evenkeel.loadbalancer.rest;

import org.jspecify.annotations.NullMarked;
