/**
 * Pools as they are answered: their settings, what refers to them, and what is observed of them. Depends on the pool's
 * {@code spec}, the platform and status; the rows are read by name, whoever writes them.
 */
@NullMarked
package io.evenkeel.pool.answer;

import org.jspecify.annotations.NullMarked;
