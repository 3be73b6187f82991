/** Tests of listeners. */
@NullMarked
package io.evenkeel.listener;

import org.jspecify.annotations.NullMarked;
