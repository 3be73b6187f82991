/**
 * What every write shares: the fact that something was written, told within its transaction, and the warnings that its
 * answer carries. Depends on nothing of the features.
 */
@NullMarked
package io.evenkeel.platform.write;

import org.jspecify.annotations.NullMarked;
