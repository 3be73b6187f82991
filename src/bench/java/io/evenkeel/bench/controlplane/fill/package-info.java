/**
 * Fills a database with any number of load balancers, pools and members. Depends on the tests' client of the service.
 */
@NullMarked
package io.evenkeel.bench.controlplane.fill;

import org.jspecify.annotations.NullMarked;
