/** VPCs and their subnets: REST calls and rules. Depends on the platform and the rest of the inventory. */
@NullMarked
package io.evenkeel.inventory.network;

import org.jspecify.annotations.NullMarked;
