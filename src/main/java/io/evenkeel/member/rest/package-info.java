/**
 * The members of the REST API, one by one and in batches. Depends on {@code joining} and {@code store}, pools, quotas and
 * the observed status.
 */
@NullMarked
package io.evenkeel.member.rest;

import org.jspecify.annotations.NullMarked;
