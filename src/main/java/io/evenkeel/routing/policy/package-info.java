/**
 * L7 policies as a REST resource, with the pools they name. Every write is made under the load balancer's lock, and
 * advances the pools it takes or leaves. Depends on what its module depends on, and on rules and priorities.
 */
@NullMarked
package io.evenkeel.routing.policy;

import org.jspecify.annotations.NullMarked;
