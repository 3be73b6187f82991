/**
 * Logtanks: the log stream of another service that a load balancer's access log goes to. Kept and answered; nothing is
 * written to such a stream. Depends on the load balancers' own face.
 */
@NullMarked
package io.evenkeel.loadbalancer.logtank;

import org.jspecify.annotations.NullMarked;
