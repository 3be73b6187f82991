/**
 * How a server becomes a member: same VPC, same OS, an address that is its own. Depends on {@code store}, pools, the
 * inventory and quotas.
 */
@NullMarked
package io.evenkeel.member.joining;

import org.jspecify.annotations.NullMarked;
