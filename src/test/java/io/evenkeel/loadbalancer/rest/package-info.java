/** Tests of the load balancer's REST resource. */
@NullMarked
package io.evenkeel.loadbalancer.rest;

import org.jspecify.annotations.NullMarked;
