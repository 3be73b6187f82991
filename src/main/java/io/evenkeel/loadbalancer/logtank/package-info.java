/**
 * Logtanks: the log stream of another service that a load balancer's access log is for. One switches the access log of
 * the load balancer on; workers write it, and each line names the stream, for whoever ships it there. Depends on the load
 * balancers' own face.
 */
@NullMarked
package io.evenkeel.loadbalancer.logtank;

import org.jspecify.annotations.NullMarked;
