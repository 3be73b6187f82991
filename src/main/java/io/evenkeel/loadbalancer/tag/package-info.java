/**
 * The tag operations of load balancers. Depends on the load balancers' own face.
 */
@NullMarked
package io.evenkeel.loadbalancer.tag;

import org.jspecify.annotations.NullMarked;
