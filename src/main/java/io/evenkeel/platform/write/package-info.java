/**
 * What every write shares: the fact that something was written, told within its transaction, the warnings that its
 * answer carries, and the protection a resource may ask for. Depends on nothing of the features.
 */
@NullMarked
package io.evenkeel.platform.write;

import org.jspecify.annotations.NullMarked;
