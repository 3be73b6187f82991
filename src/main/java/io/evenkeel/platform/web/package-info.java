/**
 * Around every request: its id and the limit of its body.
 */
@NullMarked
package io.evenkeel.platform.web;

import org.jspecify.annotations.NullMarked;
