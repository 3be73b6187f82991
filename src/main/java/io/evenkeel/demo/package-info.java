/**
 * The demo cloud: a small inventory, three backend servers that really run, and a load balancer in front of them, made
 * through the REST API as a user would make them. Only with the profile {@code demo}.
 * Depends on {@code identity} for the credentials it prints and uses.
 */
@NullMarked
@ApplicationModule(
        displayName = "Demo",
        allowedDependencies = {"identity"})
package io.evenkeel.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
