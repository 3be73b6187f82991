/**
 * The page about the workers that carry the traffic. Depends on {@code api} and {@code page}.
 */
@NullMarked
package io.evenkeel.console.worker;

import org.jspecify.annotations.NullMarked;
