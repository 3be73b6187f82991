/**
 * Which workers serve which load balancers (ADR 0012): the rule, who lives, and what follows for one worker. Each worker
 * answers for itself, by what all of them write into the database. Depends on the change feed and SQL.
 */
@NullMarked
package io.evenkeel.agentsync.placement;

import org.jspecify.annotations.NullMarked;
