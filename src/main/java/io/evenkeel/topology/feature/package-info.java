/** Answers that clients ask for about what a load balancer can do. Depends on the platform and load balancers. */
@NullMarked
package io.evenkeel.topology.feature;

import org.jspecify.annotations.NullMarked;
