/**
 * The listeners of the REST API: requests, rows, rules between a listener and what surrounds it, answers. Depends on the
 * listeners' face, settings and references, load balancers, pools, quotas and status.
 */
@NullMarked
package io.evenkeel.listener.rest;

import org.jspecify.annotations.NullMarked;
