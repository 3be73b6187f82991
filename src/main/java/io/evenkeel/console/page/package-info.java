/**
 * What all pages share (their frame, their errors, how states are told), and the pages that have a shape of their own.
 * Depends on {@code platform}, {@code identity}, {@code api} and {@code resource}.
 */
@NullMarked
package io.evenkeel.console.page;

import org.jspecify.annotations.NullMarked;
