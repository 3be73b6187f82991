/**
 * Backend servers in their groups: single members, batches, and the same-VPC and same-OS rules. Depends on the base,
 * the inventory, load balancers, pools and the observed status.
 */
@NullMarked
@ApplicationModule(
        displayName = "Members",
        allowedDependencies = {"platform", "quota", "inventory", "loadbalancer", "pool", "status"})
package io.evenkeel.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
