/** Tests of the package. */
@NullMarked
package io.evenkeel.identity.sealing;

import org.jspecify.annotations.NullMarked;
