/**
 * Every way a call can fail, as one list of codes, one exception and one place that renders it.
 */
@NullMarked
package io.evenkeel.platform.error;

import org.jspecify.annotations.NullMarked;
