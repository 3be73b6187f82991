/** Tests of the package. */
@NullMarked
package io.evenkeel.identity;

import org.jspecify.annotations.NullMarked;
