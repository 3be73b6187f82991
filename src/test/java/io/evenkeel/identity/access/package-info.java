/** Tests of the package. */
@NullMarked
package io.evenkeel.identity.access;

import org.jspecify.annotations.NullMarked;
