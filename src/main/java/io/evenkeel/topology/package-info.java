/**
 * What spans features: deletes that take along, the status tree, topology, copies, jobs, master/standby pools. Depends
 * on the public faces of every feature; no feature depends on it.
 */
@NullMarked
@ApplicationModule(
        displayName = "Topology",
        allowedDependencies = {
            "platform",
            "identity",
            "catalog",
            "inventory",
            "status",
            "status :: receipt",
            "loadbalancer",
            "pool",
            "pool :: spec",
            "healthmonitor",
            "member",
            "listener",
            "listener :: settings",
            "routing"
        })
package io.evenkeel.topology;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
