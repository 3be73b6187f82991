/**
 * Workers as they tell of themselves, and how long they have been silent. Depends on {@code platform}, and tells
 * {@code audit} who is gone.
 */
@NullMarked
@NamedInterface("worker")
package io.evenkeel.status.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
