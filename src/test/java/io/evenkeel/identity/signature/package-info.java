/** Tests of the package. */
@NullMarked
package io.evenkeel.identity.signature;

import org.jspecify.annotations.NullMarked;
