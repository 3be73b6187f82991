/**
 * A load balancer as a graph: what it is reached by, its listeners, and the pools behind them. Depends on the platform;
 * configuration is read by SQL.
 */
@NullMarked
package io.evenkeel.topology.graph;

import org.jspecify.annotations.NullMarked;
