/**
 * L7 rules as a REST resource, and as a part of their policy. Every write is made under the load balancer's lock.
 * Depends on what its module depends on, and on nothing of {@code policy}.
 */
@NullMarked
package io.evenkeel.routing.rule;

import org.jspecify.annotations.NullMarked;
