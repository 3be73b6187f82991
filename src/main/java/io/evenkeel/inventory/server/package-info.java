/** Cloud servers: REST calls, rules, and the set-based writes. Depends on the platform and the rest of the inventory. */
@NullMarked
package io.evenkeel.inventory.server;

import org.jspecify.annotations.NullMarked;
