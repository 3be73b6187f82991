/**
 * The priorities of policies: which one a new policy gets, and changing several at once. Depends on what its module
 * depends on, and on nothing of {@code policy}.
 */
@NullMarked
package io.evenkeel.routing.priority;

import org.jspecify.annotations.NullMarked;
