/** Tests of pools as clients and other features meet them. */
@NullMarked
package io.evenkeel.pool;

import org.jspecify.annotations.NullMarked;
