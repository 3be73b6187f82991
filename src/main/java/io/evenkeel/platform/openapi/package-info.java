/**
 * The description of the API, made from the code that serves it.
 * Depends on {@code platform.paging}, and on {@code schema} for the shapes of bodies.
 */
@NullMarked
package io.evenkeel.platform.openapi;

import org.jspecify.annotations.NullMarked;
