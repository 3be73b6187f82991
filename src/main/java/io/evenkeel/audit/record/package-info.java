/**
 * Audit records: collected while a transaction writes, written just before it commits, listed by project.
 * Depends on {@code platform} and {@code identity}.
 */
@NullMarked
package io.evenkeel.audit.record;

import org.jspecify.annotations.NullMarked;
