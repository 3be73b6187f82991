/**
 * Several load balancers made by one request. Depends on {@code rest}, which makes each of them.
 */
@NullMarked
package io.evenkeel.loadbalancer.batch;

import org.jspecify.annotations.NullMarked;
