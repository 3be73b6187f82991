/** Tests of the public face of load balancers. */
@NullMarked
package io.evenkeel.loadbalancer;

import org.jspecify.annotations.NullMarked;
