/**
 * Sees certificates run out: tells it as events 30, 7 and 1 days ahead, and as metrics. Depends on {@code platform},
 * {@code audit} and Micrometer.
 */
@NullMarked
package io.evenkeel.certificate.expiry;

import org.jspecify.annotations.NullMarked;
