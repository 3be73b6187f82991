/**
 * What the figures of a pool say: whether its members got their shares, and what made them differ. Pure: no database, no
 * clock. Depends on the algorithms of a pool.
 */
@NullMarked
package io.evenkeel.distribution.judging;

import org.jspecify.annotations.NullMarked;
