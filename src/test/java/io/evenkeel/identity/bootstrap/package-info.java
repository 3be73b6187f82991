/** Tests of the package. */
@NullMarked
package io.evenkeel.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
