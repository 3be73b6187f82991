/**
 * Brings desired state to workers and facts back: change feed, compiler, reconciler, the link to a worker.
 * Reads configuration in SQL; hears of changes by the features' events; writes status through {@code status} alone.
 */
@NullMarked
@ApplicationModule(
        displayName = "Agent sync",
        allowedDependencies = {
            "platform",
            "identity",
            "certificate",
            "loadbalancer",
            "pool",
            "status",
            "status :: traffic",
            "status :: receipt",
            "status :: worker",
            "diagnosis",
            "desiredstate",
            "desiredstate :: delivery",
            "desiredstate :: routing",
            "routing",
            "dataplane",
            "dataplane :: accesslog",
            "dataplane :: eligible",
            "dataplane :: traffic",
            "dataplane :: transport",
            "dataplane :: vip"
        })
package io.evenkeel.agentsync;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
