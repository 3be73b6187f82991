/**
 * What was answered under an {@code Idempotency-Key}, kept sealed for a day. Depends on the platform and on the sealing
 * of {@code identity}.
 */
@NullMarked
package io.evenkeel.writes.idempotency;

import org.jspecify.annotations.NullMarked;
