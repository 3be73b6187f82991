/**
 * The description of the API, made from the code that serves it.
 * Depends on {@code platform.paging} and {@code platform.json}.
 */
@NullMarked
package io.evenkeel.platform.openapi;

import org.jspecify.annotations.NullMarked;
