/**
 * The status tree of a load balancer: what is observed of it and of everything below it. Depends on the observed status
 * and the platform; configuration is read by SQL.
 */
@NullMarked
package io.evenkeel.topology.status;

import org.jspecify.annotations.NullMarked;
