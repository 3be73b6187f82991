/** Tests of health monitors as clients meet them. */
@NullMarked
package io.evenkeel.healthmonitor;

import org.jspecify.annotations.NullMarked;
