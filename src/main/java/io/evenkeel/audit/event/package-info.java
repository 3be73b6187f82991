/**
 * Lists events by project. Depends on {@code platform}.
 */
@NullMarked
package io.evenkeel.audit.event;

import org.jspecify.annotations.NullMarked;
