/**
 * The REST operations, called inside this process for whoever looks at the page, and their answers as pages read them.
 * Depends on {@code platform} and {@code identity}.
 */
@NullMarked
package io.evenkeel.console.api;

import org.jspecify.annotations.NullMarked;
