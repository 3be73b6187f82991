/**
 * Jobs: what a call that works on several resources leaves to be looked up. Every job is finished when its call
 * answers. Depends on the rest of the platform alone.
 */
@NullMarked
package io.evenkeel.platform.job;

import org.jspecify.annotations.NullMarked;
