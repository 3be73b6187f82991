/** Tests of the catalogue. */
@NullMarked
package io.evenkeel.catalog;

import org.jspecify.annotations.NullMarked;
