/**
 * Listeners as other features meet them: a port of a load balancer, what it speaks, and the pool behind it. The resource
 * itself is in {@code rest}, its settings in {@code settings}, what it refers to elsewhere in {@code reference}. May
 * depend on the base modules, IP groups, certificates, load balancers, pools and the observed status.
 */
@NullMarked
@ApplicationModule(
        displayName = "Listeners",
        allowedDependencies = {"platform", "quota", "accesscontrol", "certificate", "loadbalancer", "pool", "status"})
package io.evenkeel.listener;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
