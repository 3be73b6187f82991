/**
 * The rows of members: what is kept of one, and the facts that are told of it. Depends on the platform, on pools for
 * advancing them, and on the inventory's events.
 */
@NullMarked
package io.evenkeel.member.store;

import org.jspecify.annotations.NullMarked;
