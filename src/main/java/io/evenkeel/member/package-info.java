/**
 * Backend servers in their groups, as other features meet them. The resource itself is in {@code rest}, the same-VPC and
 * same-OS rules in {@code joining}, its rows in {@code store}. Depends on the base, the inventory, load balancers, pools
 * and the observed status.
 */
@NullMarked
@ApplicationModule(
        displayName = "Members",
        allowedDependencies = {"platform", "quota", "inventory", "loadbalancer", "pool", "status"})
package io.evenkeel.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
